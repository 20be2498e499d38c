// Pictures pasted or dropped into the editor: a placeholder at once, progress in words, the picture or the reason.

const text = (editor) => editor.closest("[data-writer]").querySelector("[data-writer-status]");

function say(editor, message) {
  text(editor).textContent = message;
}

function replace(editor, from, to) {
  const start = editor.value.indexOf(from);
  if (start < 0) return;
  const { selectionStart, selectionEnd } = editor;
  editor.setRangeText(to, start, start + from.length, "preserve");
  if (selectionStart >= start + from.length) {
    const shift = to.length - from.length;
    editor.setSelectionRange(selectionStart + shift, selectionEnd + shift);
  }
  editor.dispatchEvent(new Event("input", { bubbles: true }));
}

function upload(editor, file) {
  const name = file.name || "picture";
  const placeholder = `![Uploading ${name.replaceAll(/[[\]()]/g, "")} (${Math.random().toString(36).slice(2, 8)})]()`;
  editor.setRangeText(placeholder, editor.selectionStart, editor.selectionEnd, "end");
  editor.dispatchEvent(new Event("input", { bubbles: true }));
  editor.setAttribute("aria-busy", "true");

  const form = new FormData();
  form.append("image", file);
  form.append("csrfmiddlewaretoken", editor.form.elements.csrfmiddlewaretoken.value);
  const request = new XMLHttpRequest();
  request.open("POST", editor.dataset.markdownxUploadUrlsPath);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) say(editor, `Uploading ${name}: ${Math.round((100 * event.loaded) / event.total)} %`);
  });
  request.addEventListener("loadend", () => {
    editor.removeAttribute("aria-busy");
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = { image: ["The upload did not arrive. Check the connection and try again."] };
    }
    replace(editor, placeholder, answer.image_code ?? "");
    say(editor, answer.image_code ? `${name} is in the text. Say in the square brackets what it shows.` : `${name}: ${answer.image.join(" ")}`);
  });
  say(editor, `Uploading ${name}`);
  request.send(form);
}

function take(event, files) {
  const editor = event.target.closest?.(".markdownx-editor");
  if (!editor || !files?.length) return;
  // Ahead of the widget's own handler, which writes "Invalid response" into the text when an upload is refused.
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const file of files) upload(editor, file);
}

document.addEventListener("paste", (event) => take(event, event.clipboardData?.files), true);
document.addEventListener("drop", (event) => take(event, event.dataTransfer?.files), true);

// The preview scrolls with the text once it is longer than the window.
for (const writer of document.querySelectorAll("[data-writer]")) {
  writer.addEventListener("markdownx.updateError", () => say(writer.querySelector("textarea"), "The preview cannot be reached. Your text is safe here."));
}

// Leaving with unsaved words asks first.
for (const form of document.querySelectorAll(".report-form")) {
  let changed = false;
  form.addEventListener("input", (event) => {
    changed ||= event.isTrusted;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
