// Reorder: Alt with Up, Down, Home, End on a row; drag the handle; or type a position. All three do the same.
import { told } from "./words.js";

class Sortable extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol, ul");
    if (!this.list) return;
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("change", (event) => this.typed(event.target));
    this.list.addEventListener("pointerdown", (event) => this.grab(event));
  }

  get rows() { return [...this.list.children]; }

  key(event) {
    const row = event.target.closest("li");
    if (!event.altKey || !row) return;
    const at = this.rows.indexOf(row);
    const goals = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.rows.length - 1 };
    if (!(event.key in goals)) return;
    event.preventDefault();
    this.move(row, goals[event.key]);
    row.querySelector(".grip").focus();
  }

  typed(field) {
    const row = field.closest("li");
    const goal = Number.parseInt(field.value, 10);
    if (row && field.name?.startsWith("position-")) {
      this.move(row, Number.isNaN(goal) ? this.rows.indexOf(row) : goal - 1);
      field.focus();
    }
  }

  move(row, goal) {
    const rest = this.rows.filter((other) => other !== row);
    const at = Math.max(0, Math.min(rest.length, goal));
    if (rest[at]) rest[at].before(row); else this.list.append(row);
    this.number();
    this.say(row);
  }

  number() {
    this.rows.forEach((row, i) => {
      const field = row.querySelector("input[name^=position-]");
      if (field) field.value = i + 1;
    });
  }

  say(row) {
    const name = row.querySelector(".key")?.textContent || row.textContent.trim();
    const text = told("position", { name, n: this.rows.indexOf(row) + 1, total: this.rows.length });
    document.dispatchEvent(new CustomEvent("gl:say", { detail: { text } }));
    this.dispatchEvent(new CustomEvent("gl:moved", { bubbles: true, detail: { order: this.rows.map((r) => r.dataset.id) } }));
  }

  grab(event) {
    const grip = event.target.closest(".grip");
    if (!grip || event.button) return;
    const row = grip.closest("li");
    let from = event.clientY;
    let moved = false;
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    row.classList.add("held");
    const shift = (next) => {
      row.style.setProperty("translate", `0 ${next.clientY - from}px`);
      const before = row.previousElementSibling;
      const after = row.nextElementSibling;
      const middle = (node) => { const box = node.getBoundingClientRect(); return box.top + box.height / 2; };
      const swap = (node, place) => {
        const top = row.offsetTop;
        node[place](row);
        from += row.offsetTop - top;
        row.style.setProperty("translate", `0 ${next.clientY - from}px`);
        moved = true;
      };
      if (before && next.clientY < middle(before)) swap(before, "before");
      else if (after && next.clientY > middle(after)) swap(after, "after");
    };
    const drop = () => {
      grip.removeEventListener("pointermove", shift);
      row.classList.remove("held");
      row.style.removeProperty("translate");
      if (moved) { this.number(); this.say(row); }
    };
    grip.addEventListener("pointermove", shift);
    grip.addEventListener("pointerup", drop, { once: true });
    grip.addEventListener("pointercancel", drop, { once: true });
  }
}
customElements.define("gl-sortable", Sortable);
