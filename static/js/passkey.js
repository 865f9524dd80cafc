// Passkeys: ask the browser, put its answer into the form, send it. Buttons show where it can be done.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

const create = async ({ publicKey: asked }) => {
  const made = await navigator.credentials.create({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: named(asked.excludeCredentials),
  } });
  return wrap(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const get = async ({ publicKey: asked }) => {
  const given = await navigator.credentials.get({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), allowCredentials: named(asked.allowCredentials),
  } });
  const { authenticatorData, signature, userHandle } = given.response;
  return wrap(given, {
    authenticatorData: text(authenticatorData), signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
};

const wrap = (credential, response) => ({
  id: credential.id, rawId: text(credential.rawId), type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
});

class Passkey extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button[type=button]");
    if (!window.PublicKeyCredential || !button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.run(button));
    // Enter in the name's field means the same as the button.
    this.querySelector("form").addEventListener("submit", (event) => {
      if (!this.field.value) { event.preventDefault(); this.run(button); }
    });
  }

  get field() { return this.querySelector("[name=credential]"); }

  async run(button) {
    button.disabled = true;
    try {
      this.field.value = JSON.stringify(await this.answer());
      this.querySelector("form").submit();
    } catch {
      button.disabled = false;
      document.dispatchEvent(new CustomEvent("gl:say", { detail: { text: this.dataset.failed, tone: "error", toast: true } }));
    }
  }

  async answer() {
    if (this.dataset.act === "enter") {
      const asked = await fetch(this.querySelector("form").action, { headers: { Accept: "application/json" } });
      return get((await asked.json()).request_options);
    }
    const asked = JSON.parse(document.getElementById("passkey-question").textContent);
    return this.dataset.act === "create" ? create(asked.creation_options) : get(asked.request_options);
  }
}
customElements.define("gl-passkey", Passkey);
