// A decision that unfolds takes the focus to its first choice, so that Enter sends it; Escape folds it.
const folds = [...document.querySelectorAll(".decisions > details")];

folds.forEach((fold) => {
  fold.querySelector("summary").addEventListener("click", (event) => {
    // At once, not with the toggle event that comes later: the next key may be Enter.
    event.preventDefault();
    fold.open = !fold.open;
    if (!fold.open) return;
    folds.forEach((other) => { if (other !== fold) other.open = false; });
    fold.querySelector("[data-first]")?.focus();
  });
  fold.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { fold.open = false; fold.querySelector("summary").focus(); }
    const ready = [...fold.querySelectorAll(".ready button")];
    const at = ready.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    ready[(at + step + ready.length) % ready.length].focus();
  });
});

// The open request stays in sight in a long queue.
document.querySelector(".queue [aria-current]")?.scrollIntoView({ block: "nearest" });
