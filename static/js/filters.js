// A filter form sends itself on change; empty parameters stay out of the address. Without scripts: Apply.
class Filters extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    form.addEventListener("change", (event) => {
      if (event.target.type === "search" || event.target.name === "q" || event.target.closest(".several")) return;
      this.keep(event.target);
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
      this.keep(document.activeElement);
      location.assign(`${form.getAttribute("action") || location.pathname}?${query}`);
    });
    // Several boxes are ticked in one go; closing the fold, by its head, Escape or a press elsewhere, sends them.
    this.querySelectorAll(".several").forEach((fold) => this.fold(form, fold));
    const name = sessionStorage.getItem("gl-filter");
    sessionStorage.removeItem("gl-filter");
    if (name && form.elements[name]?.focus) form.elements[name].focus();
  }

  fold(form, fold) {
    const state = () => [...fold.querySelectorAll(":checked")].map((box) => box.value).join();
    let before = state();
    fold.addEventListener("toggle", () => {
      if (fold.open) before = state();
      else if (state() !== before) form.requestSubmit();
    });
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !fold.open) return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", (event) => { if (!fold.contains(event.target)) fold.open = false; });
    fold.addEventListener("focusout", (event) => { if (event.relatedTarget && !fold.contains(event.relatedTarget)) fold.open = false; });
  }

  // Focus comes back to the field that was changed, so a keyboard does not start from the top.
  keep(field) { if (field?.name && this.contains(field)) sessionStorage.setItem("gl-filter", field.name); }
}
customElements.define("gl-filters", Filters);
