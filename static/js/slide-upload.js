// Drag a deck in, see how much of it has arrived. Without this script the form is an ordinary one.
const form = document.querySelector("[data-slide-upload]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const bar = form.querySelector("progress");
  const told = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button");
  const most = Number(form.dataset.maxBytes);

  const tell = (text) => { told.textContent = text; };
  const settle = (text) => { tell(text); bar.hidden = true; button.disabled = false; };

  const send = () => {
    const file = input.files[0];
    if (!file && !form.elements.address.value.trim()) return tell("Choose a file, or paste the address of your slides.");
    if (file?.size > most) return tell(`This file is ${(file.size / 1e6).toFixed(0)} MB large; the limit is ${most / 1e6} MB.`);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.max = event.total;
      bar.value = event.loaded;
      tell(`${Math.floor((event.loaded / event.total) * 100)} % sent`);
    });
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a proxy's page, told below */ }
      if (answer.location) {
        const there = new URL(answer.location, location.href);
        if (there.origin === location.origin) return location.assign(there);
      }
      if (request.status === 413) return settle(`This file is too large; the limit is ${most / 1e6} MB.`);
      settle(answer.errors?.join(" ") ?? "The site did not take the file. Reload the page and try again.");
    });
    request.addEventListener("error", () => settle("The connection broke. Nothing was lost; try again."));
    bar.hidden = false;
    button.disabled = true;
    tell("Sending…");
    request.send(new FormData(form));
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.setAttribute("data-over", ""); });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.removeAttribute("data-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}
