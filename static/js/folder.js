// A whole folder in one form: the paths inside it travel beside the files, since a browser sends
// bare names. Without scripts single files are chosen, and they lie beside each other.
class Folder extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector('input[type="file"]');
    this.said = this.querySelector("[data-said-here]");
    if (!this.form || !this.input) return;
    this.offerWhole();
    this.input.addEventListener("change", () => this.chosen());
    this.form.addEventListener("submit", (event) => this.send(event));
  }

  offerWhole() {
    const label = document.createElement("label");
    label.className = "row small";
    this.whole = document.createElement("input");
    this.whole.type = "checkbox";
    label.append(this.whole, ` ${this.dataset.whole}`);
    this.input.after(label);
    this.whole.addEventListener("change", () => { this.input.webkitdirectory = this.whole.checked; });
  }

  get files() { return [...this.input.files]; }

  fits() {
    const bytes = this.files.reduce((sum, file) => sum + file.size, 0);
    return this.files.length <= Number(this.dataset.mostFiles) && bytes <= Number(this.dataset.mostBytes);
  }

  chosen() {
    const name = this.form.elements.name;
    const top = this.files[0]?.webkitRelativePath.split("/")[0];
    if (top && !name.value) name.value = top;
    this.tell(this.fits() ? `${this.files.length} ${this.dataset.chosen}` : this.dataset.tooMany);
  }

  send(event) {
    if (!this.fits()) { event.preventDefault(); this.tell(this.dataset.tooMany); return; }
    const paths = this.files.map((file) => file.webkitRelativePath || file.name);
    this.form.elements.paths.value = JSON.stringify(paths);
  }

  tell(text) {
    this.said.textContent = text;
    document.dispatchEvent(new CustomEvent("gl:say", { detail: { text } }));
  }
}
customElements.define("gl-folder", Folder);
