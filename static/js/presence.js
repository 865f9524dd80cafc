// Tells who has a page open and shows who else has. A hidden tab says so and stays; a closed one leaves.
const EVERY = 20000;
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

class Presence extends HTMLElement {
  connectedCallback() {
    this.window = document.querySelector("input[name=window]")?.value || fresh();
    this.timer = setInterval(() => this.tell(), EVERY);
    // A tab that closes is hidden first: what it says then must not arrive after its farewell.
    document.addEventListener("visibilitychange", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.tell(), document.hidden ? 1500 : 0); });
    document.addEventListener("gl:section", (event) => { if (event.detail !== this.section) { this.section = event.detail; this.tell(); } });
    window.addEventListener("pagehide", () => navigator.sendBeacon(this.dataset.to, this.told({ gone: "1" })));
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.tell(); });
    if (!("writing" in this.dataset)) this.follow();
    this.tell();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  // Readers: the section that stands highest in the window.
  follow() {
    const heads = [...document.querySelectorAll("[id^='doc-']")].filter((node) => /^H[1-3]$/.test(node.tagName));
    if (!heads.length) return;
    const known = new Set([...document.querySelectorAll(".toc a")].map((link) => link.hash.slice(1)));
    const seen = new IntersectionObserver(() => {
      const at = heads.filter((node) => (!known.size || known.has(node.id)) && node.getBoundingClientRect().top < innerHeight / 2).pop();
      this.section = at ? at.id.slice(4) : "";
    }, { threshold: [0, 1] });
    heads.forEach((node) => seen.observe(node));
  }

  told(more) {
    const body = new FormData();
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token) body.set("csrfmiddlewaretoken", token);
    body.set("window", this.window);
    body.set("section", this.section ?? "");
    if ("writing" in this.dataset) body.set("writing", "1");
    if (document.hidden) body.set("hidden", "1");
    Object.entries(more ?? {}).forEach(([name, value]) => body.set(name, value));
    return body;
  }

  async tell() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    try {
      const answer = await fetch(this.dataset.to, { method: "POST", body: this.told() });
      const text = answer.ok ? await answer.text() : null;
      if (text !== null && text !== this.innerHTML) this.innerHTML = text;
    } catch {
      // Nobody is told for now; the next beat tries again.
    }
    this.busy = false;
    if (this.again) { this.again = false; this.tell(); }
  }
}
customElements.define("gl-presence", Presence);
