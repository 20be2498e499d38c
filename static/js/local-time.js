// <time datetime="…" data-local-time data-zone="Europe/Berlin"> shows the group's clock; where the reader's differs, theirs follows.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const time of document.querySelectorAll("time[data-local-time]")) {
  const moment = new Date(time.dateTime);
  const clock = (timeZone) => new Intl.DateTimeFormat("en-GB", {
    weekday: "short", hour: "2-digit", minute: "2-digit", timeZone,
  }).format(moment);
  if (Number.isNaN(moment.valueOf()) || !here || clock(here) === clock(time.dataset.zone)) continue;
  const yours = document.createElement("span");
  yours.className = "your-time";
  yours.textContent = ` (your time ${clock(here)})`;
  time.append(yours);
}
