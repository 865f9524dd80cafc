// Letter shortcuts. They act outside fields only, never with Ctrl, Alt or Meta, and can be switched off.
import { told } from "./words.js";

const off = () => document.body.dataset.letters === "off";
const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
let waiting = 0;

const go = (node) => { if (node) { node.click(); return true; } return false; };

const search = () => {
  const field = document.querySelector(".filters input[name=q], main input[type=search]");
  if (field) { field.focus(); field.select(); return true; }
  return go(document.querySelector("[data-palette-open]"));
};

const list = (step) => {
  const links = [...document.querySelectorAll("main .items .t, main .tbl tbody a.strong, main .tile a.strong")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
  return true;
};

// Keys of a list act on the row that has the focus, else on the first.
const row = (key) => {
  const here = document.activeElement?.closest("li")?.querySelector(`[data-row-key="${key}"]`);
  return go(here || document.querySelector(`[data-row-key="${key}"]`));
};

const help = () => {
  let dialog = document.getElementById("keys-help");
  if (!dialog) { dialog = draw(); document.body.append(dialog); }
  dialog.showModal();
  return true;
};

const line = (words, ...keys) => {
  const row = document.createElement("div");
  const name = document.createElement("span");
  name.textContent = words;
  const group = document.createElement("span");
  keys.forEach((key) => {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    group.append(cap, " ");
  });
  row.append(name, group);
  return row;
};

const draw = () => {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.id = "keys-help";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = told("keys");
  const rows = document.createElement("div");
  rows.className = "keys-list";
  rows.append(line(told("find"), "Ctrl", "K"), line(told("findHere"), "/"), line(told("rows"), "J", "K"));
  if (document.querySelector("gl-threads .thread")) rows.append(line(told("threads"), "N", "P"));
  if (document.querySelector("gl-markdown")) rows.append(line(told("send"), "Ctrl", "Enter"), line(told("styles"), "Ctrl", "B", "I", "K"), line(told("name"), "@", "RFC-"), line(told("leave"), "Tab"));
  document.querySelectorAll("[data-hotkey]").forEach((node) => rows.append(line(node.dataset.words, ...node.dataset.hotkey.split(" "))));
  const named = new Set();
  document.querySelectorAll("[data-row-key]").forEach((node) => {
    if (named.has(node.dataset.rowKey)) return;
    named.add(node.dataset.rowKey);
    rows.append(line(node.dataset.words, node.dataset.rowKey.toUpperCase()));
  });
  document.querySelectorAll("[data-key]").forEach((node) => rows.append(line(node.textContent.replace(/\s+\S$/, "").trim(), node.dataset.key.toUpperCase())));
  document.querySelectorAll("[data-go]").forEach((node) => rows.append(line(node.title, "G", node.dataset.go.toUpperCase())));
  const end = document.createElement("form");
  end.method = "dialog";
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = told("close");
  end.append(close);
  dialog.append(title, rows, end);
  return dialog;
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && typing(event.target)) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (off() || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  let done = false;
  if (Date.now() - waiting < 1200 && /^[a-z]$/.test(key)) {
    waiting = 0;
    done = go(document.querySelector(`[data-go="${key}"]`));
  } else if (key === "g") { waiting = Date.now(); done = true; }
  else if (key === "/") done = search();
  else if (key === "?") done = help();
  else if (key === "j") done = go(document.querySelector('[data-key="j"]')) || list(1);
  else if (key === "k") done = go(document.querySelector('[data-key="k"]')) || list(-1);
  else if (/^[a-z0-9]$/.test(key)) done = go(document.querySelector(`[data-key="${key}"]`)) || row(key);
  if (done) event.preventDefault();
});

// A list that was acted on comes back with the focus on the row its address names.
document.querySelector("main .items > li:target .t")?.focus();

document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => { document.getElementById("account-menu")?.hidePopover(); help(); });
});
