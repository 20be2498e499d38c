// <form data-in-place> within an element with data-part: the server answers with that part, and it takes its place.
// Where that fails, the form is sent as forms are.
async function send(form, button) {
  const body = new FormData(form, button);
  const response = await fetch(form.action, {
    method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin",
  });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = parsed.body.firstElementChild;
  if (!fresh?.matches("[data-part]")) throw new Error("no part");
  return fresh;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-in-place]");
  const part = form?.closest("[data-part]");
  if (!part) return;
  event.preventDefault();
  const place = [...form.querySelectorAll("button")].indexOf(event.submitter);
  try {
    const fresh = await send(form, event.submitter);
    part.replaceWith(fresh);
    fresh.querySelectorAll("form[data-in-place] button")[place]?.focus();
  } catch {
    delete form.dataset.inPlace;
    form.requestSubmit(event.submitter);
  }
});
