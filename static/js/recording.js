// Recordings: played from this site, or from a host that hears nothing of the reader before they press play.
// Transcript, chapters and slides follow what is played; a line, a chapter, a slide and an address (#t=754) lead into it.

// How the players of hosts are spoken to: messages only, no script of theirs on our page.
const HOSTS = {
  youtube: {
    address: (url) => { url.searchParams.set("enablejsapi", "1"); url.searchParams.set("origin", location.origin); },
    start: (url, second) => url.searchParams.set("start", second),
    hello: (post) => post({ event: "listening", id: 1, channel: "widget" }),
    seek: (post, second) => post({ event: "command", func: "seekTo", args: [second, true] }),
    time: (message) => message?.info?.currentTime,
  },
  vimeo: {
    address: () => {},
    start: (url, second) => { url.hash = `t=${second}s`; },
    hello: (post) => post({ method: "addEventListener", value: "timeupdate" }),
    seek: (post, second) => post({ method: "setCurrentTime", value: second }),
    time: (message) => (message?.event === "timeupdate" ? message.data?.seconds : undefined),
  },
  // Its interface needs a script of its own; so a jump loads the player anew.
  peertube: { address: () => {}, start: (url, second) => url.searchParams.set("start", `${second}s`), hello: () => {}, time: () => undefined },
};

function hosted(box, told) {
  const host = HOSTS[box.dataset.playerHost];
  let frame = null;
  const post = (message) => frame.contentWindow?.postMessage(JSON.stringify(message), new URL(frame.src).origin);

  const load = (second) => {
    const url = new URL(box.dataset.player);
    host.address(url);
    if (second) host.start(url, second);
    frame = document.createElement("iframe");
    frame.src = url;
    frame.title = box.dataset.playerTitle;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.addEventListener("load", () => host.hello(post));
    box.replaceChildren(frame);
  };

  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== new URL(frame.src).origin) return;
    let message = event.data;
    try { if (typeof message === "string") message = JSON.parse(message); } catch { return; }
    if (message?.event === "ready" || message?.event === "onReady") host.hello(post);
    const second = host.time(message);
    if (Number.isFinite(second)) told(second);
  });

  // Hosts refuse to play inside of a page that has no address: there its link leads to them.
  if (location.protocol === "file:") {
    const open = (second) => {
      const url = new URL(box.dataset.player);
      host.start(url, second);
      window.open(url, "_blank", "noopener");
    };
    return { isStarted: () => false, play: open };
  }

  box.querySelector("[data-player-start]").addEventListener("click", (event) => {
    event.preventDefault();
    load(fromAddress());
    frame.focus();
  });

  return {
    isStarted: () => Boolean(frame),
    play: (second) => { if (!frame || !host.seek) load(second); else host.seek(post, second); },
  };
}

function own(video, told) {
  video.addEventListener("timeupdate", () => told(video.currentTime));
  video.addEventListener("seeked", () => told(video.currentTime));
  const begin = fromAddress();
  if (begin) video.currentTime = begin;
  return {
    isStarted: () => video.currentTime > 0 || !video.paused,
    play: (second) => { video.currentTime = second; video.play().catch(() => {}); },
  };
}

function fromAddress() {
  const match = /^#t=(\d{1,6})$/.exec(location.hash);
  return match ? Number(match[1]) : 0;
}

// The last of these, in the order of time, that has begun at `second`.
function last(entries, second) {
  let found = null;
  for (const entry of entries) {
    if (entry.at > second + 0.25) break;
    found = entry;
  }
  return found;
}

function open(section) {
  const box = section.querySelector("[data-player]");
  const video = section.querySelector("[data-video]");
  if (!box && !video) return;
  const cues = JSON.parse(document.getElementById("recording-cues")?.textContent ?? "[]").map(([at, slide]) => ({ at, slide }));
  const follow = section.querySelector("[data-recording-follow]");
  const lists = [...section.querySelectorAll(".recording-lines")].map((list) => (
    { list, current: null, entries: [...list.querySelectorAll("[data-seek]")].map((link) => ({ at: Number(link.dataset.seek), link })) }
  ));
  let slide = null;
  let isFollowing = false;
  let now = 0;

  const mark = (group, second) => {
    const entry = last(group.entries, second);
    if (entry === group.current) return;
    group.current?.link.removeAttribute("aria-current");
    group.current = entry;
    if (!entry) return;
    entry.link.setAttribute("aria-current", "true");
    // Only the list scrolls, and not under somebody who reads in it.
    if (!group.list.matches(":hover, :focus-within")) {
      group.list.scrollTop = entry.link.offsetTop - group.list.offsetTop - group.list.clientHeight / 3;
    }
  };

  const told = (second) => {
    now = second;
    document.dispatchEvent(new CustomEvent("recording:time", { detail: { second } }));
    for (const group of lists) mark(group, second);
    const cue = last(cues, second);
    if (!cue || cue.slide === slide || !follow?.checked) return;
    slide = cue.slide;
    isFollowing = true;
    document.dispatchEvent(new CustomEvent("slide:show", { detail: { position: slide } }));
    isFollowing = false;
  };

  const player = video ? own(video, told) : hosted(box, told);
  section.addEventListener("click", (event) => {
    const link = event.target.closest("[data-seek]");
    if (!link) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.hash);
    player.play(Number(link.dataset.seek));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#t="]:not([data-seek])');
    if (!link) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.hash);
    player.play(fromAddress());
    section.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("slide:change", (event) => {
    const { position } = event.detail;
    if (isFollowing || position === slide) return;
    slide = position;
    // Of a slide that was shown twice, the showing that is nearest.
    const [cue] = cues.filter((one) => one.slide === position).sort((a, b) => Math.abs(a.at - now) - Math.abs(b.at - now));
    if (cue && follow?.checked && player.isStarted()) player.play(cue.at);
  });
  const step = section.querySelector("[data-recording-step]");
  if (step) step.hidden = false;
  const begin = fromAddress();
  if (begin) {
    for (const group of lists) mark(group, begin);
    section.scrollIntoView({ block: "start" });
  }
}

for (const section of document.querySelectorAll("[data-recording]")) open(section);
