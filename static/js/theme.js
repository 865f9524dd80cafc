// Theme switch: applies at once and tells the server; without scripts the form does the same.
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.set(event.target, event.submitter.value);
    });
  }

  set(form, theme) {
    const root = document.documentElement;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of form.elements.theme) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  }
}
customElements.define("gl-theme", Theme);
