// Threads stand beside their passages on wide screens; N and P walk through them. A list without scripts.
document.documentElement.classList.add("js");
const wide = matchMedia("(min-width: 1181px)");
const GAP = 12;

class Threads extends HTMLElement {
  connectedCallback() {
    this.text = document.querySelector(".rfc-text");
    this.list = this.querySelector(".thread-list");
    if (!this.text || !this.list) return;
    this.cards = [...this.list.querySelectorAll(".thread")];
    this.place = this.place.bind(this);
    this.seen = new ResizeObserver(this.place);
    [this.text, this.querySelector(".talk-head"), ...this.cards].forEach((node) => this.seen.observe(node));
    wide.addEventListener("change", this.place);
    this.addEventListener("gl:moved", this.place);
    this.addEventListener("focusin", (event) => this.light(event.target.closest(".thread"), false));
    this.addEventListener("click", (event) => this.light(event.target.closest(".thread"), false));
    this.text.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => this.arrived());
    this.watch();
    this.place();
    this.arrived();
  }

  // Each card beside its passage, none over another; the lit one keeps its place, others make room.
  place() {
    const on = wide.matches && this.cards.length;
    this.classList.toggle("placed", Boolean(on));
    if (!on) {
      this.cards.forEach((card) => { card.style.insetBlockStart = ""; });
      this.style.minBlockSize = "";
      return;
    }
    const top = this.getBoundingClientRect().top;
    const start = this.querySelector(".talk-head").offsetHeight + GAP;
    const rows = this.cards.map((card) => ({ card, height: card.offsetHeight, at: this.beside(card, top) }));
    this.lift(rows, start, top);
    rows.sort((a, b) => a.at - b.at);
    const lit = rows.findIndex((row) => row.card === this.lit);
    let next = start;
    rows.forEach((row) => { row.at = Math.max(row.at, next); next = row.at + row.height + GAP; });
    if (lit > 0) this.press(rows, lit, start, top);
    const end = rows.reduce((most, row) => Math.max(most, row.at + row.height + GAP), start);
    rows.forEach((row) => { row.card.style.insetBlockStart = `${Math.round(row.at)}px`; });
    this.style.minBlockSize = `${Math.round(end)}px`;
    this.list.style.blockSize = `${Math.round(end - start)}px`;
  }

  // What is about no passage stands at the top while that moves no other card; else below the text.
  lift(rows, start, top) {
    const tied = rows.filter((row) => row.card.dataset.at).map((row) => row.at);
    const room = Math.min(...tied, Infinity);
    let next = start;
    rows.filter((row) => !row.card.dataset.at).forEach((row) => {
      if (next + row.height + GAP > room) return;
      row.at = next;
      next += row.height + GAP;
    });
  }

  // The lit card goes where its passage is; those above move up as far as there is room.
  press(rows, lit, start, top) {
    const above = rows.slice(0, lit).reduce((sum, row) => sum + row.height + GAP, start);
    rows[lit].at = Math.max(this.beside(rows[lit].card, top), above);
    for (let i = lit - 1; i >= 0; i -= 1) rows[i].at = Math.min(rows[i].at, rows[i + 1].at - rows[i].height - GAP);
    for (let i = lit + 1; i < rows.length; i += 1) rows[i].at = Math.max(rows[i].at, rows[i - 1].at + rows[i - 1].height + GAP);
  }

  beside(card, top) {
    const there = card.dataset.at && document.getElementById(card.dataset.at);
    if (!there) return Infinity > this.text.offsetHeight ? this.text.getBoundingClientRect().bottom - top : 0;
    const mark = this.marks(card)[0] || there;
    return mark.getBoundingClientRect().top - top - 4;
  }

  marks(card) {
    return [...this.text.querySelectorAll(`mark[data-threads~="${card.dataset.thread}"]`)];
  }

  light(card, move = true) {
    if (!card || this.lit === card) return;
    this.lit = card;
    this.cards.forEach((each) => {
      each.classList.toggle("on", each === card);
      this.marks(each).forEach((mark) => mark.classList.toggle("on", each === card));
    });
    this.marks(card).forEach((mark) => mark.classList.add("on"));
    this.place();
    if (move) (this.marks(card)[0] || card).scrollIntoView({ block: "center" });
  }

  pressed(event) {
    const mark = event.target.closest("mark.passage");
    if (!mark || event.target.closest("a") || !document.getSelection().isCollapsed) return;
    const id = mark.dataset.threads.split(" ")[0];
    const card = this.cards.find((each) => each.dataset.thread === id);
    if (!card) return;
    this.light(card, false);
    if (!wide.matches) card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.body.dataset.letters === "off" || document.querySelector("dialog[open]")) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (!step || !this.cards.length) return;
    const order = [...this.cards].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    const at = order.indexOf(this.lit);
    const card = order[Math.max(0, Math.min(order.length - 1, at < 0 && step < 0 ? order.length - 1 : at + step))];
    this.light(card);
    card.focus({ preventScroll: true });
    event.preventDefault();
  }

  arrived() {
    const there = location.hash.startsWith("#comment-") && document.getElementById(location.hash.slice(1));
    const card = there && there.closest(".thread");
    if (!card) return;
    const fold = card.closest("details");
    if (fold) fold.open = true;
    this.light(card, false);
    requestAnimationFrame(() => there.scrollIntoView({ block: "center" }));
  }

  // A thread that names me counts as read once it was on the screen for a moment.
  watch() {
    const open = this.querySelectorAll(".thread.unseen");
    if (!open.length) return;
    const timers = new Map();
    const eye = new IntersectionObserver((rows) => rows.forEach((row) => {
      clearTimeout(timers.get(row.target));
      if (row.isIntersecting) timers.set(row.target, setTimeout(() => { eye.unobserve(row.target); this.read(row.target); }, 2000));
    }), { threshold: 0.6 });
    open.forEach((card) => eye.observe(card));
  }

  async read(card) {
    const form = card.querySelector("form.seen");
    if (!form) return;
    try {
      await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Seen": "1" } });
    } catch {
      // The connection is away; the button stays and says the same.
    }
  }
}
customElements.define("gl-threads", Threads);
