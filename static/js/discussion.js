// A comment is pinned to the slide on screen, or to the second that plays, by a press; and shows on that slide.
const form = document.querySelector("[data-comment-form]");
let slide = 1;
let second = null;

const clock = (time) => {
  const whole = Math.floor(time);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};

if (form) {
  const pin = form.querySelector("[data-comment-pin]");
  const here = form.querySelector("[data-pin-slide]");
  const now = form.querySelector("[data-pin-time]");
  here.addEventListener("click", () => { pin.value = `slide ${slide}`; });
  now.addEventListener("click", () => { pin.value = clock(second); });
  form.querySelector("[data-comment-pins]").hidden = !document.querySelector("[data-slide-viewer]") && !document.querySelector("[data-player], [data-video]");
  here.hidden = !document.querySelector("[data-slide-viewer]");
  document.addEventListener("recording:time", (event) => { second = event.detail.second; now.hidden = false; });
}

// Comments about a slide stand under it while it is on screen.
const pinned = [...document.querySelectorAll('.comment-pin[href^="#slide="]')];

function showPinned() {
  document.querySelector("[data-slide-comments]")?.remove();
  const about = pinned.filter((link) => link.hash === `#slide=${slide}`);
  const viewer = document.querySelector("[data-slide-viewer]");
  if (!about.length || !viewer) return;
  const note = document.createElement("p");
  note.dataset.slideComments = "";
  note.className = "small slide-comments";
  note.append(about.length === 1 ? "About this slide: " : `${about.length} comments about this slide: `);
  for (const [index, link] of about.entries()) {
    const comment = link.closest(".comment");
    const jump = document.createElement("a");
    jump.href = `#${comment.id}`;
    const words = comment.querySelector(".comment-body").textContent.trim();
    jump.textContent = words.length > 70 ? `${words.slice(0, 70)}…` : words;
    note.append(...(index ? [" · "] : []), jump);
  }
  viewer.querySelector(".viewer-pages").after(note);
}

// Those about a second stand under the player for a while once it plays.
const SHOWN_SECONDS = 10;
const timed = [...document.querySelectorAll('.comment-pin[href^="#t="]')].map((link) => ({ at: Number(link.hash.slice(3)), link }));
const note = timed.length ? document.createElement("p") : null;

if (note) {
  note.className = "small slide-comments";
  note.hidden = true;
  document.querySelector("[data-recording] :is([data-player], [data-video])")?.after(note);
  document.addEventListener("recording:time", (event) => {
    const now = event.detail.second;
    const current = timed.findLast(({ at }) => at <= now + 0.25 && now < at + SHOWN_SECONDS);
    note.hidden = !current;
    if (!current || note.dataset.at === String(current.at)) return;
    note.dataset.at = current.at;
    const comment = current.link.closest(".comment");
    const jump = document.createElement("a");
    jump.href = `#${comment.id}`;
    const words = comment.querySelector(".comment-body").textContent.trim();
    jump.textContent = words.length > 90 ? `${words.slice(0, 90)}…` : words;
    note.replaceChildren(`${comment.querySelector("strong").textContent} at ${current.link.textContent}: `, jump);
  });
}

document.addEventListener("slide:change", (event) => { slide = event.detail.position; showPinned(); });
const shown = document.querySelector("[data-viewer-number]");
if (shown) { slide = Number(shown.textContent) || 1; showPinned(); }
