// From change to change with N and P; without scripts the list of sections leads there.
const ROWS = "tr.add, tr.del";
const starts = (root) => [
  ...[...root.querySelectorAll(ROWS)].filter((row) => !row.previousElementSibling?.matches(ROWS)),
  ...[...root.querySelectorAll(".rendered ins, .rendered del")].filter((mark) => !beside(mark)),
];
// A mark that follows another with nothing but space between belongs to the same change.
const beside = (mark) => {
  let node = mark.previousSibling;
  while (node && node.nodeType === Node.TEXT_NODE && !node.textContent.trim()) node = node.previousSibling;
  return Boolean(node && node.nodeType === Node.ELEMENT_NODE && node.matches("ins, del"));
};

class StepChanges extends HTMLElement {
  connectedCallback() {
    this.root = document.querySelector("gl-changes");
    this.at = -1;
    this.changes = this.root ? starts(this.root) : [];
    if (!this.changes.length) return;
    this.hidden = false;
    this.show();
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) this.go(Number(button.dataset.step));
    });
  }

  go(step) {
    const next = this.at + step;
    if (next < 0 || next >= this.changes.length) { this.say(this.root.dataset.none); return; }
    this.changes[this.at]?.classList.remove("here");
    this.at = next;
    const change = this.changes[next];
    change.classList.add("here");
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    change.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    this.show();
    this.say(this.root.dataset.counts.replace("%n", next + 1).replace("%m", this.changes.length));
  }

  show() {
    this.querySelector("[data-at]").textContent = `${this.at + 1} / ${this.changes.length}`;
  }

  say(text) {
    document.dispatchEvent(new CustomEvent("gl:say", { detail: { text } }));
  }
}
customElements.define("gl-step-changes", StepChanges);
