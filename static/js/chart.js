// A cursor over a chart: pointer or arrow keys. It reads the table behind the figure and nothing else.
import { told } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

class Chart extends HTMLElement {
  connectedCallback() {
    this.plot = this.querySelector(".plot");
    this.svg = this.plot?.querySelector("svg");
    this.rows = [...this.querySelectorAll("tr[data-x]")].filter((row) => row.dataset.x).sort((a, b) => a.dataset.x - b.dataset.x);
    if (!this.svg || !this.rows.length) return;
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "group");
    this.plot.setAttribute("aria-label", told("chart", { title: this.querySelector("figcaption")?.textContent ?? "" }));
    this.plot.addEventListener("pointermove", (event) => this.near(event));
    this.plot.addEventListener("pointerleave", () => this.hide());
    this.plot.addEventListener("blur", () => this.hide());
    this.plot.addEventListener("keydown", (event) => this.key(event));
  }

  near(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    let best = 0;
    this.rows.forEach((row, i) => {
      if (Math.abs(row.dataset.x - point.x) < Math.abs(this.rows[best].dataset.x - point.x)) best = i;
    });
    this.show(best, false);
  }

  key(event) {
    const last = this.rows.length - 1;
    const now = this.at ?? last;
    const first = this.at === undefined;
    const moves = { ArrowLeft: first ? last : now - 1, ArrowRight: first ? 0 : now + 1, Home: 0, End: last };
    if (event.key === "Escape") { this.hide(); return; }
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.show(Math.max(0, Math.min(last, moves[event.key])), true);
  }

  show(index, aloud) {
    this.at = index;
    const row = this.rows[index];
    this.mark(row);
    this.tip ??= this.plot.appendChild(Object.assign(document.createElement("div"), { className: "tip" }));
    this.tip.hidden = false;
    const text = [...row.cells].slice(0, 2).map((cell) => cell.textContent).join(": ");
    this.tip.textContent = text;
    const right = row.dataset.x > 480;
    const box = this.svg.getBoundingClientRect();
    const x = (row.dataset.x / this.svg.viewBox.baseVal.width) * box.width;
    this.tip.style.setProperty("inset-inline-start", right ? "auto" : `${x + 8}px`);
    this.tip.style.setProperty("inset-inline-end", right ? `${box.width - x + 8}px` : "auto");
    if (aloud) document.dispatchEvent(new CustomEvent("gl:say", { detail: { text } }));
  }

  mark(row) {
    if (!this.cursor) {
      this.cursor = this.svg.appendChild(document.createElementNS(SVG, "path"));
      this.cursor.setAttribute("class", "cursor");
      this.dot = this.svg.appendChild(document.createElementNS(SVG, "circle"));
      this.dot.setAttribute("class", "dot");
      this.dot.setAttribute("r", "4");
    }
    this.cursor.setAttribute("d", `M${row.dataset.x} 14V182`);
    this.cursor.removeAttribute("visibility");
    this.dot.setAttribute("visibility", row.dataset.y ? "visible" : "hidden");
    this.dot.setAttribute("cx", row.dataset.x);
    this.dot.setAttribute("cy", row.dataset.y || 0);
  }

  hide() {
    this.at = undefined;
    if (this.tip) this.tip.hidden = true;
    this.cursor?.setAttribute("visibility", "hidden");
    this.dot?.setAttribute("visibility", "hidden");
  }
}
customElements.define("gl-chart", Chart);
