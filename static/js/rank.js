// The order of a ranking: drag a handle, also into another lane, or Alt with Up, Down, Home, End, with
// Shift to the next lane. The move shows at once; a refusal puts the row back and says why. The answer
// is the card itself, drawn anew by the server.
import { words } from "./words.js";

class Rank extends HTMLElement {
  connectedCallback() {
    this.words = words(this);
    document.addEventListener("keydown", (event) => this.z(event));
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("pointerdown", (event) => this.grab(event));
  }

  z(event) {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "z") return;
    if (!this.dataset.undo || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    this.undo(event.target.closest?.("tr[data-entry]")?.dataset.entry);
  }

  rows(lane) { return [...this.querySelectorAll(`tr[data-entry][data-lane="${lane}"]`)]; }

  ids(lane) { return this.rows(lane).map((row) => row.dataset.entry); }

  get lanes() { return [...this.querySelectorAll("tbody[data-lane]")]; }

  laneOf(row) { return row.closest("tbody[data-lane]"); }

  key(event) {
    const row = event.target.closest("tr[data-entry]");
    if (!event.altKey || !row || !row.querySelector(".grip")) return;
    const lane = row.dataset.lane;
    const at = this.rows(lane).indexOf(row);
    if (event.shiftKey) { this.toLane(event, row, lane, at); return; }
    const total = this.rows(lane).length;
    const goals = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: total - 1 };
    if (!(event.key in goals)) return;
    event.preventDefault();
    const goal = Math.max(0, Math.min(total - 1, goals[event.key]));
    if (goal === at) { this.announce(row, this.words("already", { n: at + 1, total })); return; }
    const before = this.spots();
    this.put(row, lane, goal);
    this.save(row, lane, before);
  }

  // Alt and Shift with an arrow: the lane above or below, at the same place as far as it has one.
  toLane(event, row, lane, at) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const goal = this.lanes[this.lanes.indexOf(this.laneOf(row)) + by];
    if (!goal) { this.announce(row, this.words("edge", { lane: this.laneOf(row).dataset.name })); return; }
    const before = this.spots();
    this.put(row, goal.dataset.lane, Math.min(at, this.rows(goal.dataset.lane).length));
    this.save(row, lane, before);
  }

  put(row, lane, goal) {
    const rest = this.rows(lane).filter((other) => other !== row);
    row.dataset.lane = lane;
    if (rest[goal]) rest[goal].before(row);
    else if (rest.length) rest.at(-1).after(row);
    else this.querySelector(`tbody[data-lane="${lane}"] tr.lane`).after(row);
  }

  // Where every row stands, to be put back when a move is refused.
  spots() { return this.lanes.map((lane) => [lane.dataset.lane, this.ids(lane.dataset.lane)]); }

  restore(spots) {
    for (const [lane, ids] of spots) ids.forEach((id, place) => this.put(this.querySelector(`tr[data-entry="${id}"]`), lane, place));
  }

  say(text, more = {}) { document.dispatchEvent(new CustomEvent("gl:say", { detail: { text, ...more } })); }

  announce(row, text, more = {}) { this.say(`${row.dataset.key}, ${text}`, more); }

  async save(row, from, before) {
    const { lane, entry, key } = row.dataset;
    const ids = this.ids(lane);
    const n = ids.indexOf(entry) + 1;
    const told = { n, total: ids.length, lane: this.laneOf(row).dataset.name };
    const text = this.words(lane === from ? "place" : "placeIn", told);
    this.announce(row, text);
    const said = lane === from ? await this.send("order", { order: ids }, lane) : await this.send("place", { entry, lane, position: n });
    if (said) {
      this.restore(before);
      this.focusOn(entry);
      this.say(this.words("back", { key, why: said }), { tone: "error", toast: true });
      return;
    }
    this.focusOn(entry);
    this.say(`${key}, ${text}`, { undo: { label: this.dataset.undoLabel, act: () => this.undo(entry) } });
  }

  // The newest move goes back, by the toast, by Ctrl or Cmd with Z, or by the button below the table.
  async undo(entry) {
    const said = await this.send("undo", { change: this.dataset.undo });
    if (entry) this.focusOn(entry);
    this.say(said || this.words("restored"), { toast: Boolean(said), tone: said ? "error" : "" });
  }

  // Moves are sent one after another; the answer to "" is that it worked, else why not.
  send(name, told, lane = "") {
    this.queue = (this.queue ?? Promise.resolve()).then(() => this.post(name, told, lane)).catch(() => this.words("away"));
    return this.queue;
  }

  async post(name, told, lane) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append("row_version", this.dataset.version);
    for (const [field, value] of Object.entries(told)) [value].flat().forEach((each) => body.append(field, each));
    const answer = await fetch(`${location.pathname}?form=${name}${lane && `&lane=${lane}`}`, { method: "POST", body, headers: { "X-Fragment": "1" } });
    if (!answer.ok) {
      const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      return (said.sentences ?? []).join(" ") || this.words("refused");
    }
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("gl-rank");
    this.dataset.version = made.dataset.version;
    this.dataset.undo = made.dataset.undo;
    this.innerHTML = made.innerHTML;
    return "";
  }

  // Into another lane while the handle is held: at its near end.
  pull(row, lane) {
    const own = this.laneOf(row);
    const down = this.lanes.indexOf(lane) > this.lanes.indexOf(own);
    this.lanes.forEach((each) => each.classList.toggle("goal", each === lane));
    this.put(row, lane.dataset.lane, down ? 0 : this.rows(lane.dataset.lane).length);
  }

  focusOn(entry) { this.querySelector(`tr[data-entry="${entry}"] .grip`)?.focus(); }

  grab(event) {
    const grip = event.target.closest(".grip");
    if (!grip || event.button) return;
    const row = grip.closest("tr");
    const [from, before] = [row.dataset.lane, this.spots()];
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    row.classList.add("held");
    const shift = (next) => {
      // The others go past the held row; moving the row itself would let the pointer go.
      const middle = (other) => { const box = other.getBoundingClientRect(); return box.top + box.height / 2; };
      const lane = this.lanes.findLast((each) => each.getBoundingClientRect().top <= next.clientY) ?? this.lanes[0];
      if (lane !== this.laneOf(row)) { this.pull(row, lane); grip.setPointerCapture(event.pointerId); return; }
      const rows = this.rows(row.dataset.lane);
      const at = rows.indexOf(row);
      rows.slice(at + 1).filter((other) => next.clientY > middle(other)).forEach((other) => row.before(other));
      rows.slice(0, at).reverse().filter((other) => next.clientY < middle(other)).forEach((other) => row.after(other));
    };
    const drop = () => {
      for (const [name, act] of heard) document.removeEventListener(name, act);
      row.classList.remove("held");
      this.lanes.forEach((lane) => lane.classList.remove("goal"));
      if (JSON.stringify(this.spots()) !== JSON.stringify(before)) this.save(row, from, before);
    };
    // On the document: a row that changes its lane leaves it for a moment, and its handle hears nothing then.
    const heard = [["pointermove", shift], ["pointerup", drop], ["pointercancel", drop]];
    for (const [name, act] of heard) document.addEventListener(name, act);
  }
}
customElements.define("gl-rank", Rank);
