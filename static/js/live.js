// One live region from the start, toasts, dialogs, focus on a refused form, copy, refresh.
import { told } from "./words.js";

const say = (text) => {
  const region = document.querySelector("[data-said]");
  if (region) { region.textContent = ""; requestAnimationFrame(() => { region.textContent = text; }); }
};

class Live extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector(".toasts");
    this.box?.querySelectorAll(".toast").forEach((toast) => this.arm(toast));
    document.addEventListener("gl:say", (event) => this.hear(event.detail));
  }

  hear({ text, tone, toast, undo }) {
    say(text);
    if (!toast && !undo) return;
    // A later message takes an earlier offer away: what “Undo” would take back is no longer that edit.
    this.box.querySelectorAll("[data-offer]").forEach((offer) => offer.remove());
    const made = document.createElement("div");
    made.className = `toast ${tone ?? ""}`;
    const words = document.createElement("span");
    words.textContent = text;
    made.append(words);
    if (undo) {
      made.dataset.offer = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = undo.label;
      button.addEventListener("click", () => { made.remove(); undo.act(); });
      made.append(button);
    }
    this.box.append(made);
    this.arm(made);
  }

  arm(toast) {
    const close = toast.querySelector("button[hidden]");
    if (close) { close.hidden = false; close.addEventListener("click", () => toast.remove()); }
    if (toast.classList.contains("error")) return;
    let left = setTimeout(() => toast.remove(), 10000);
    const hold = () => clearTimeout(left);
    const go = () => { clearTimeout(left); left = setTimeout(() => toast.remove(), 4000); };
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("pointerleave", go);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("focusout", go);
  }
}
customElements.define("gl-live", Live);

class Copy extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link small";
    button.textContent = this.dataset.label ?? told("copy");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code, pre, input")?.textContent ?? "");
      say(this.dataset.done ?? told("copied"));
      button.textContent = this.dataset.done ?? told("copied");
    });
    this.append(" ", button);
  }
}
customElements.define("gl-copy", Copy);

// Swaps its own content while work is under way; stops when the answer no longer has the element.
class Refresh extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), 1000 * Number(this.getAttribute("every") || 3));
  }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.hidden || this.busy || this.contains(document.activeElement)) return;
    this.busy = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("gl-refresh");
      if (!next) { location.reload(); return; }
      if (next.innerHTML !== this.innerHTML) this.innerHTML = next.innerHTML;
    } catch {
      // The connection is away; the last state stays and the next look tries again.
    } finally {
      this.busy = false;
    }
  }
}
customElements.define("gl-refresh", Refresh);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const blocked = event.target.closest('[aria-disabled="true"]');
  if (blocked) {
    event.preventDefault();
    const why = document.getElementById(blocked.getAttribute("aria-describedby"));
    if (why) say(why.textContent);
  }
});

document.addEventListener("submit", (event) => {
  // A second press while the first is under way would take the step twice.
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

document.querySelector("[data-focus]")?.focus();

// On a phone the tabs run out of the page: the open one is brought into sight.
const current = document.querySelector(".tabs [aria-current]");
if (current) {
  const tabs = current.parentElement;
  tabs.scrollLeft += current.getBoundingClientRect().left - tabs.getBoundingClientRect().left - tabs.clientWidth / 2;
}
