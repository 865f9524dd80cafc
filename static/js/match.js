// New RFC: says which template fits as soon as line or initiative are named.
class Match extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.said = this.querySelector("[data-said]");
    ["line", "initiative", "template"].forEach((name) => this.form.elements[name]?.addEventListener("change", () => this.ask()));
    this.ask();
  }

  async ask() {
    const { line, initiative, template } = this.form.elements;
    if (template.value) { this.said.textContent = ""; return; }
    const asked = new URLSearchParams({ line: line.value, initiative: initiative.value });
    try {
      const answer = await fetch(`${this.dataset.from}?${asked}`);
      if (answer.ok) this.said.textContent = (await answer.json()).said;
    } catch {
      this.said.textContent = "";
    }
  }
}
customElements.define("gl-match", Match);
