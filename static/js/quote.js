// Words selected in an RFC become the quote of the next comment. Without scripts they are typed.
class Quote extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.text = document.querySelector(".rfc-text");
    if (!this.link || !this.text) return;
    this.plain = this.link.getAttribute("href");
    this.words = this.link.querySelector("span");
    document.addEventListener("selectionchange", () => this.follow());
  }

  follow() {
    const chosen = document.getSelection();
    const words = chosen && chosen.rangeCount ? chosen.toString().replace(/\s+/g, " ").trim() : "";
    const inside = words && this.text.contains(chosen.anchorNode) && this.text.contains(chosen.focusNode);
    if (!inside || words.length > 400) { this.say(this.plain, this.dataset.plain); return; }
    const query = new URLSearchParams({ quote: words, section: this.section(chosen.getRangeAt(0)) });
    this.say(`${this.plain}?${query}`, this.dataset.quote);
  }

  section(range) {
    const heads = [...this.text.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id^='doc-']")];
    const slugs = new Set((this.dataset.sections || "").split(" "));
    const before = heads.filter((head) => slugs.has(head.id.slice(4)) && range.comparePoint(head, 0) < 0);
    return before.length ? before[before.length - 1].id.slice(4) : "";
  }

  say(href, words) {
    this.link.setAttribute("href", href);
    this.words.textContent = words;
  }
}
customElements.define("gl-quote", Quote);
