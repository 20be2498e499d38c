// The run sheet as a timer for the projector. Its steps are the rows of the table; where it stands is kept in the
// browser, so that a reload in the middle of a session loses nothing. It makes no sound unless asked.
const stage = document.querySelector("[data-run]");
const rows = [...document.querySelectorAll("[data-run-step]")];
const part = (name) => stage.querySelector(`[data-run-${name}]`);

const steps = rows.map((row) => ({
  label: row.dataset.label, player: row.dataset.player, seconds: Number(row.dataset.seconds),
}));
const key = `run-${stage?.dataset.run}`;
const fresh = () => ({ index: 0, spent: 0, since: null, sound: false });

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    const fits = kept && Number.isInteger(kept.index) && kept.index >= 0 && kept.index < steps.length;
    return fits && Number.isFinite(kept.spent) ? { ...fresh(), ...kept } : fresh();
  } catch {
    return fresh();
  }
}

function keep() {
  try { localStorage.setItem(key, JSON.stringify(state)); } catch { /* private window: this page only */ }
}

let state = recall();
let saidMinute = null;
let lock = null;

const spent = () => state.spent + (state.since === null ? 0 : (Date.now() - state.since) / 1000);
const left = () => Math.ceil(steps[state.index].seconds - spent() - 0.05);
const two = (number) => String(number).padStart(2, "0");
const clock = (seconds) => `${seconds < 0 ? "+" : ""}${Math.floor(Math.abs(seconds) / 60)}:${two(Math.abs(seconds) % 60)}`;
const minutes = (number) => `${number} ${number === 1 ? "minute" : "minutes"}`;

function write(name, text) {
  const element = part(name);
  if (element.textContent !== text) element.textContent = text;
}

function ring() {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 1.6);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 1.6);
  tone.addEventListener("ended", () => audio.close());
}

// Said once at each full minute, so that a screen reader is not read every second.
function tellMinute(remaining) {
  const minute = Math.ceil(remaining / 60);
  if (state.since === null || minute === saidMinute) return;
  const isFirst = saidMinute === null;
  saidMinute = minute;
  if (isFirst) return;
  const label = steps[state.index].label;
  if (remaining > 0) {
    write("said", `${minutes(minute)} left for ${label}.`);
  } else {
    write("said", minute === 0 ? `The time of ${label} is up.` : `${label}: ${minutes(-minute)} over.`);
    if (minute === 0 && state.sound) ring();
  }
}

function draw() {
  const step = steps[state.index];
  const after = steps[state.index + 1];
  const remaining = left();
  const isRunning = state.since !== null;
  write("place", `${state.index + 1} of ${steps.length}`);
  write("label", step.label);
  write("player", step.player);
  write("left", clock(remaining));
  write("next", after ? `Next: ${after.label}${after.player ? `, ${after.player}` : ""}` : "The last one");
  write("toggle", isRunning ? "Pause" : spent() > 0 ? "Go on" : "Start");
  part("progress").value = Math.min(1, spent() / step.seconds);
  part("back").disabled = state.index === 0 && spent() === 0;
  part("forward").disabled = !after;
  stage.classList.toggle("is-late", remaining < 0);
  stage.classList.toggle("is-paused", !isRunning && spent() > 0);
  rows.forEach((row, index) => {
    if (index === state.index) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
  });
  tellMinute(remaining);
}

async function stayAwake() {
  try {
    if (state.since !== null && !lock) {
      lock = await navigator.wakeLock?.request("screen");
      lock?.addEventListener("release", () => { lock = null; });
    } else if (state.since === null) {
      await lock?.release();
    }
  } catch { /* the browser decides */ }
}

function change(next) {
  state = { ...state, ...next };
  keep();
  draw();
  stayAwake();
}

function toggle() {
  if (state.since === null) change({ since: Date.now() });
  else change({ spent: spent(), since: null });
}

function go(index) {
  saidMinute = null;
  change({ index, spent: 0, since: state.since === null ? null : Date.now() });
  const { label, player, seconds } = steps[index];
  write("said", `Now: ${label}${player ? `, ${player}` : ""}, ${minutes(seconds / 60)}.`);
}

const forward = () => { if (state.index + 1 < steps.length) go(state.index + 1); };
// Back goes to the beginning of what has begun, and only then to the one before.
const back = () => { go(spent() > 3 || state.index === 0 ? state.index : state.index - 1); };

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else stage.requestFullscreen?.();
}

const keys = { " ": toggle, ArrowRight: forward, ArrowLeft: back, f: fill, F: fill };

function begin() {
  stage.hidden = false;
  part("sound").checked = state.sound;
  const buttons = { toggle, forward, back, full: fill, reset: () => { saidMinute = null; change({ ...fresh(), sound: state.sound }); } };
  for (const [name, act] of Object.entries(buttons)) {
    part(name).addEventListener("click", (event) => {
      act();
      // After a click of the mouse the space bar belongs to the timer; whoever tabs keeps their place.
      if (event.detail > 0) stage.focus({ preventScroll: true });
    });
  }
  part("sound").addEventListener("change", (event) => change({ sound: event.target.checked }));
  if (!stage.requestFullscreen) part("full").hidden = true;
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    const owns = event.target.closest?.("input, textarea, select, a, summary") || (event.key === " " && event.target.closest?.("button"));
    if (!act || owns || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("visibilitychange", () => { draw(); stayAwake(); });
  addEventListener("storage", (event) => { if (event.key === key) { state = recall(); draw(); } });
  draw();
  setInterval(() => { if (state.since !== null) draw(); }, 250);
  stayAwake();
}

if (stage && steps.length) begin();
