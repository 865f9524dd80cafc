// A card beside the link that is pointed at or focused: what one wants to know before opening it.
// Without scripts the link leads to the page, which says the same at its top.
const WAIT = 350;

class Preview extends HTMLElement {
  connectedCallback() {
    this.cards = new Map();
    this.box = document.createElement("div");
    this.box.className = "preview";
    this.box.id = "preview";
    this.box.setAttribute("popover", "manual");
    this.box.setAttribute("role", "tooltip");
    this.append(this.box);
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, (event) => this.meet(event));
    for (const kind of ["pointerout", "focusout"]) this.addEventListener(kind, (event) => this.leave(event));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    document.addEventListener("scroll", () => this.close(), { passive: true, capture: true });
  }

  meet(event) {
    if (event.pointerType === "touch") return;
    const link = event.target.closest?.("a[data-card], a.ref");
    if (this.box.contains(event.target)) { clearTimeout(this.going); return; }
    if (!link || link === this.link) return;
    this.close();
    this.link = link;
    this.coming = setTimeout(() => this.open(link), WAIT);
  }

  leave(event) {
    const to = event.relatedTarget;
    if (to && (this.box.contains(to) || (this.link && this.link.contains(to)))) return;
    if (event.type === "pointerout" && this.link === document.activeElement) return;
    clearTimeout(this.coming);
    clearTimeout(this.going);
    this.going = setTimeout(() => this.close(), 120);
  }

  async open(link) {
    const address = link.dataset.card ?? `/cards/${encodeURIComponent(link.textContent)}`;
    if (!this.cards.has(address)) {
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (!answer?.ok) return;
      this.cards.set(address, await answer.text());
    }
    if (this.link !== link) return;
    this.box.innerHTML = this.cards.get(address);
    link.setAttribute("aria-describedby", this.box.id);
    this.box.showPopover();
    this.place(link.getBoundingClientRect(), this.box.getBoundingClientRect());
  }

  place(link, box) {
    const below = link.bottom + 6;
    const fits = below + box.height < innerHeight;
    this.box.style.top = `${fits ? below : Math.max(8, link.top - box.height - 6)}px`;
    this.box.style.left = `${Math.max(8, Math.min(link.left, innerWidth - box.width - 12))}px`;
  }

  close() {
    clearTimeout(this.coming);
    clearTimeout(this.going);
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    this.link?.removeAttribute("aria-describedby");
    this.link = null;
  }
}
customElements.define("gl-preview", Preview);
