// Choosing a source brings its questions without leaving the page; what was typed and chosen stays.
const choice = document.querySelector("[data-reload]");
const place = document.getElementById("questions");

choice?.addEventListener("change", async () => {
  const form = choice.form;
  const told = new FormData(form);
  told.delete("attachments");
  told.append("show", "questions");
  try {
    const answer = await fetch(form.action, { method: "POST", body: told, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("questions");
    if (next) place.innerHTML = next.innerHTML;
  } catch {
    // Without a connection the button beside it still asks for the questions.
  }
});
