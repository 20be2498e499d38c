// A part of a page that is being worked on brings itself up to date: while it carries data-refresh-url, it is fetched
// again and put in its own place. The server leaves the attribute away when there is nothing to wait for.
const FIRST = 1000;
const SLOWEST = 10000;

async function fetchPart(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  return parsed.body.firstElementChild;
}

async function follow(part, pause) {
  await new Promise((done) => setTimeout(done, pause));
  if (!part.isConnected) return;
  if (document.hidden) return follow(part, pause);
  let fresh;
  try {
    fresh = await fetchPart(part.dataset.refreshUrl);
  } catch {
    return follow(part, Math.min(pause * 2, SLOWEST));
  }
  if (!fresh) return;
  const same = fresh.outerHTML === part.outerHTML;
  if (same) return follow(part, Math.min(pause * 1.4, SLOWEST));
  const active = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceWith(fresh);
  if (active) document.getElementById(active)?.focus();
  fresh.dispatchEvent(new CustomEvent("part-refreshed", { bubbles: true }));
  if (fresh.dataset.refreshUrl) follow(fresh, FIRST);
}

for (const part of document.querySelectorAll("[data-refresh-url]")) follow(part, FIRST);
