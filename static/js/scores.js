// The grid of scores by keys: Enter and Down go down, Up goes up; Alt with Left and Right go sideways.
class Scores extends HTMLElement {
  connectedCallback() { this.addEventListener("keydown", (event) => this.key(event)); }

  key(event) {
    const field = event.target.closest("td input");
    if (!field || event.ctrlKey || event.metaKey) return;
    const moves = event.altKey ? { ArrowLeft: [0, -1], ArrowRight: [0, 1] } : { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const row = field.closest("tr");
    const [down, right] = moves[event.key];
    const next = down ? row.parentElement.rows[row.rowIndex - 1 + down] : row;
    const cell = next?.cells[field.closest("td").cellIndex + right];
    const goal = cell?.querySelector("input");
    if (goal) { goal.focus(); goal.select(); } else if (event.key === "Enter") this.querySelector("button[value=scores]")?.focus();
  }
}
customElements.define("gl-scores", Scores);
