// One large slide, a filmstrip, arrow keys, Home, End, F, swipes, and an address that names the slide: #slide=12.
// Others on the page hear `slide:change` and may ask for `slide:show`, both with the position, counted from 1.
const SWIPE = 40;

// The words of a slide where they stand, transparent, to be selected like any text.
async function layText(sheet) {
  const address = sheet?.dataset.slideText;
  if (!address) return;
  delete sheet.dataset.slideText;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  const layer = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (layer.nodeName !== "svg") return;
  layer.classList.add("slide-layer");
  layer.setAttribute("aria-hidden", "true");
  sheet.append(document.importNode(layer, true));
}

function open(viewer) {
  const pages = [...viewer.querySelectorAll("[data-slide]")];
  const thumbs = [...viewer.querySelectorAll("[data-viewer-go]")];
  const number = viewer.querySelector("[data-viewer-number]");
  const full = viewer.querySelector("[data-viewer-full]");
  let current = 0;

  // Lazy images begin to load when they come near the screen; a hidden neighbour never does.
  const fetchSoon = (page) => { page?.querySelector("img").removeAttribute("loading"); };

  const fetchAhead = (page) => {
    if (!page) return;
    const { sizes, srcset } = page.querySelector("img");
    Object.assign(new Image(), { sizes, srcset });
  };

  const show = (wanted, { remember = true } = {}) => {
    const index = Math.min(Math.max(wanted, 1), pages.length) - 1;
    pages[current].removeAttribute("data-current");
    thumbs[current].removeAttribute("aria-current");
    current = index;
    pages[index].setAttribute("data-current", "");
    thumbs[index].setAttribute("aria-current", "true");
    number.textContent = index + 1;
    fetchSoon(pages[index]);
    layText(pages[index].querySelector(".slide-sheet"));
    fetchAhead(pages[index + 1]);
    const strip = thumbs[index].closest(".filmstrip");
    const item = thumbs[index].parentElement;
    strip.scrollLeft = item.offsetLeft - (strip.clientWidth - item.clientWidth) / 2;
    if (remember) history.replaceState(history.state, "", `#slide=${index + 1}`);
    document.dispatchEvent(new CustomEvent("slide:change", { detail: { position: index + 1 } }));
  };

  const fromAddress = () => {
    const match = /^#slide=(\d{1,4})$/.exec(location.hash);
    if (match) show(Number(match[1]), { remember: false });
    return Boolean(match);
  };

  const toggleFull = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else viewer.requestFullscreen?.();
  };

  const keys = {
    ArrowLeft: () => show(current), PageUp: () => show(current),
    ArrowRight: () => show(current + 2), PageDown: () => show(current + 2),
    Home: () => show(1), End: () => show(pages.length), f: toggleFull, F: toggleFull,
  };

  document.addEventListener("keydown", (event) => {
    if (!viewer.isConnected || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey && event.key !== "F") return;
    if (event.target.closest("input, textarea, select, [contenteditable], video, iframe")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const [index, thumb] of thumbs.entries()) {
    thumb.addEventListener("click", (event) => { event.preventDefault(); show(index + 1); });
  }
  viewer.querySelector("[data-viewer-previous]").addEventListener("click", () => show(current));
  viewer.querySelector("[data-viewer-next]").addEventListener("click", () => show(current + 2));
  full.addEventListener("click", toggleFull);
  full.hidden = !document.fullscreenEnabled;

  const stage = viewer.querySelector(".viewer-pages");
  let start = null;
  stage.addEventListener("touchstart", (event) => { start = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (!start) return;
    const dx = event.changedTouches[0].clientX - start.clientX;
    const dy = event.changedTouches[0].clientY - start.clientY;
    start = null;
    if (Math.abs(dx) < SWIPE || Math.abs(dx) < 2 * Math.abs(dy)) return;
    show(dx < 0 ? current + 2 : current);
  });
  stage.addEventListener("click", (event) => {
    const isPicture = event.target.matches("img, .slide-layer");
    if (isPicture && getSelection().isCollapsed) show(current + 2);
  });

  window.addEventListener("hashchange", fromAddress);
  document.addEventListener("slide:show", (event) => show(event.detail.position, { remember: false }));
  for (const part of viewer.querySelectorAll("[data-viewer-controls]")) part.hidden = false;
  viewer.setAttribute("data-ready", "");
  if (!fromAddress()) show(1, { remember: false });
}

export function start(root = document) {
  for (const viewer of root.querySelectorAll("[data-slide-viewer]:not([data-ready])")) open(viewer);
}

start();
document.addEventListener("part-refreshed", (event) => start(event.target));
