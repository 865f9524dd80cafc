// A filter form sends itself on change; empty parameters stay out of the address. Without scripts: Apply.
class Filters extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    form.addEventListener("change", (event) => {
      if (event.target.type === "search" || event.target.name === "q") return;
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
    const name = sessionStorage.getItem("gl-filter");
    sessionStorage.removeItem("gl-filter");
    if (name && form.elements[name]?.focus) form.elements[name].focus();
  }

  // Focus comes back to the field that was changed, so a keyboard does not start from the top.
  keep(field) { if (field?.name && this.contains(field)) sessionStorage.setItem("gl-filter", field.name); }
}
customElements.define("gl-filters", Filters);
