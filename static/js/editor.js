// Beside the text: pictures pasted or dropped, the guide of sections.
import { Suggest, caret, say } from "./names.js";
import { told } from "./words.js";

class Upload {
  constructor(area, address) {
    this.area = area;
    this.address = address;
    area.addEventListener("paste", (event) => this.files(event, event.clipboardData));
    area.addEventListener("drop", (event) => this.files(event, event.dataTransfer));
    area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); area.classList.add("over"); } });
    ["dragleave", "drop"].forEach((name) => area.addEventListener(name, () => area.classList.remove("over")));
    this.button();
  }

  button() {
    const field = this.area.closest("gl-markdown");
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif,image/svg+xml", hidden: true, multiple: true });
    const button = Object.assign(document.createElement("button"), { type: "button", title: told("picture") });
    button.setAttribute("aria-label", told("picture"));
    button.tabIndex = -1;
    button.innerHTML = '<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15 9h.01"/></svg>';
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => { [...input.files].forEach((file) => this.send(file)); input.value = ""; });
    field.bar.querySelector(".modes").before(button);
    field.before(input);
    field.rove();
  }

  files(event, data) {
    const found = [...(data?.files ?? [])];
    if (!found.length) return;
    event.preventDefault();
    found.forEach((file) => this.send(file));
  }

  async send(file) {
    const name = file.name || "picture.png";
    const place = `![${told("pictureComes", { name: name.replace(/[[\]\n]/g, " ") })}]()`;
    const { area } = this;
    const field = area.closest("gl-markdown");
    field.put(place);
    const body = new FormData();
    body.set("picture", file, name);
    body.set("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    let markdown = "";
    try {
      const answer = await fetch(this.address, { method: "POST", body });
      const answered = await answer.json();
      markdown = answered.markdown ?? "";
      say(answered.said ?? told("pictureIn", { name }), markdown ? "" : "error");
    } catch {
      say(told("pictureAway", { name }), "error");
    }
    this.replace(field, place, markdown);
  }

  // The person may have typed on meanwhile: the caret goes back to where it was.
  replace(field, place, markdown) {
    const { area } = this;
    const at = area.value.indexOf(place);
    if (at < 0) return;
    const { selectionStart: start, selectionEnd: end } = area;
    const moved = (n) => (n <= at ? n : Math.max(at, n - place.length) + markdown.length);
    area.setSelectionRange(at, at + place.length);
    field.put(markdown);
    area.setSelectionRange(moved(start), moved(end));
  }
}

// The guide: which sections are written, where the caret is, a press jumps there.
class Guide {
  constructor(area, rows) {
    this.area = area;
    this.rows = rows;
    ["input", "keyup", "click", "focus"].forEach((name) => area.addEventListener(name, () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.look(), 200); }));
    rows.forEach((row) => row.querySelector("[data-goto]").addEventListener("click", () => this.go(row)));
    this.look();
  }

  // Level-2 headings outside code; names as the server reads them, near enough for a guide.
  sections() {
    const found = [];
    let fence = "";
    let offset = 0;
    for (const line of this.area.value.split("\n")) {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark && !fence) fence = mark;
      else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length) fence = "";
      const head = !fence && /^ {0,3}##?[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line);
      if (head) found.push({ name: head[1].replace(/[*_`]/g, "").trim().toLowerCase(), start: offset, from: offset + line.length + 1 });
      offset += line.length + 1;
    }
    return found.map((each, at) => ({ ...each, end: found[at + 1]?.start ?? this.area.value.length }));
  }

  of(row, found) { return found.find((each) => each.name === row.dataset.heading.toLowerCase()); }

  look() {
    const found = this.sections();
    const here = found.filter((each) => each.start <= this.area.selectionStart).pop();
    for (const row of this.rows) {
      const at = this.of(row, found);
      const done = Boolean(at && this.area.value.slice(at.from, at.end).replace(/<!--[\s\S]*?-->/g, "").trim());
      row.classList.toggle("done", done);
      row.querySelector("[data-state]").textContent = told(done ? "written" : "notWritten");
      const current = Boolean(at && here && at.start === here.start);
      row.classList.toggle("here", current);
      if (current && document.activeElement === this.area) document.dispatchEvent(new CustomEvent("gl:section", { detail: row.dataset.slug }));
    }
  }

  go(row) {
    const { area } = this;
    const field = area.closest("gl-markdown");
    if (area.hidden) field.mode("write");
    let at = this.of(row, this.sections());
    area.focus();
    if (!at) {
      area.setSelectionRange(area.value.length, area.value.length);
      field.put(`${area.value && !area.value.endsWith("\n\n") ? "\n\n" : ""}## ${row.dataset.heading}\n\n`);
      at = this.of(row, this.sections());
    }
    const body = area.value.slice(at.from, at.end);
    const text = at.from + (body.length - body.trimStart().length);
    area.setSelectionRange(Math.min(text, area.value.length), Math.min(text, area.value.length));
    area.scrollTop = Math.max(0, caret(area).top + area.scrollTop - 80);
    this.look();
  }
}

document.querySelectorAll(".editor").forEach((box) => {
  const area = box.querySelector("textarea");
  if (!area?.closest("gl-markdown")?.bar) return;
  if (box.dataset.suggest) new Suggest(area, box.dataset.suggest);
  if (box.dataset.upload) new Upload(area, box.dataset.upload);
  const rows = [...document.querySelectorAll(".asks li")];
  if (rows.length) new Guide(area, rows);
});
