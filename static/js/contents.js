// The contents list follows the reading: the section one is in is marked, and kept in sight.
class Contents extends HTMLElement {
  connectedCallback() {
    // What scrolls sideways can be reached by keys.
    for (const table of document.querySelectorAll(".prose table")) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    }
    this.links = new Map();
    for (const link of this.querySelectorAll("a[href^='#']")) {
      const head = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (head) this.links.set(head, link);
    }
    if (!this.links.size) return;
    this.heads = [...this.links.keys()];
    this.follow = () => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.mark());
    };
    addEventListener("scroll", this.follow, { passive: true });
    addEventListener("resize", this.follow, { passive: true });
    this.mark();
  }

  disconnectedCallback() {
    removeEventListener("scroll", this.follow);
    removeEventListener("resize", this.follow);
  }

  mark() {
    const line = innerHeight / 4;
    let now = this.heads[0];
    for (const head of this.heads) {
      if (head.getBoundingClientRect().top > line) break;
      now = head;
    }
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4;
    if (atEnd && this.heads.at(-1).getBoundingClientRect().top < innerHeight) now = this.heads.at(-1);
    const link = this.links.get(now);
    if (link === this.now) return;
    this.now?.removeAttribute("aria-current");
    this.now = link;
    link.setAttribute("aria-current", "true");
    this.show(link);
  }

  // Only the list itself scrolls, never the page.
  show(link) {
    const list = this.querySelector("ol");
    const toc = this.querySelector(".toc");
    if (toc.scrollHeight > toc.clientHeight) toc.scrollTop = link.offsetTop - toc.clientHeight / 2;
    if (list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
  }
}
customElements.define("gl-contents", Contents);
