// Setting times by playing: a press says that the next slide is on screen from this moment on.
const section = document.querySelector("[data-steps]");

if (section) {
  const lines = document.querySelector("[data-steps-lines]");
  const told = section.querySelector("[data-steps-told]");
  const video = section.querySelector("[data-video]");
  const slides = document.querySelectorAll(".viewer-page").length;
  let second = 0;

  const clock = (time) => {
    const whole = Math.floor(time);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  };
  const written = () => lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const write = (all) => { lines.value = all.join("\n") + (all.length ? "\n" : ""); lines.scrollTop = lines.scrollHeight; };
  const show = (position) => document.dispatchEvent(new CustomEvent("slide:show", { detail: { position } }));

  const mark = () => {
    const all = written();
    const before = all.length ? Number(all.at(-1).split(/\s+/).at(-1)) || 0 : 0;
    const next = before + 1;
    if (next > slides) { told.textContent = "That was the last slide."; return; }
    write([...all, `${clock(second)} ${next}`]);
    told.textContent = `Slide ${next} from ${clock(second)}.`;
    show(next);
  };
  const takeBack = () => {
    const all = written();
    told.textContent = all.length ? `Taken back: ${all.at(-1)}.` : "There is nothing to take back.";
    write(all.slice(0, -1));
    if (all.length > 1) show(Number(all.at(-2).split(/\s+/).at(-1)) || 1);
  };

  document.addEventListener("recording:time", (event) => { second = event.detail.second; });
  section.querySelector("[data-steps-mark]").addEventListener("click", mark);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n" || event.key === "N") mark();
    else if (event.key === "b" || event.key === "B") takeBack();
  });
  if (video || section.querySelector('[data-player-host="youtube"], [data-player-host="vimeo"]')) {
    section.querySelector("[data-steps-controls]").hidden = false;
  } else {
    told.textContent = "This player does not say where it is: read the time from it and type it.";
  }
}
