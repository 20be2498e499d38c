// <time datetime="…" data-local-time data-zone="Europe/Berlin"> shows the group's clock; where the reader's differs, theirs
// follows, unless the page knows it already from what the member chose.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function clock(moment, timeZone) {
  const said = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone });
  const parts = Object.fromEntries(said.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: parts.weekday, time: `${parts.hour}:${parts.minute}` };
}

for (const time of document.querySelectorAll("time[data-local-time]")) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.valueOf()) || !here || time.querySelector(".your-time")) continue;
  const theirs = clock(moment, here);
  const groups = clock(moment, time.dataset.zone);
  if (theirs.day === groups.day && theirs.time === groups.time) continue;
  const yours = document.createElement("span");
  yours.className = "your-time";
  yours.textContent = ` (${theirs.day === groups.day ? "" : `${theirs.day} `}${theirs.time} your time)`;
  time.append(yours);
}
