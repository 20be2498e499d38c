// The host of a recording hears nothing of the reader before they press play.
for (const player of document.querySelectorAll("[data-player]")) {
  player.querySelector("[data-player-start]").addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = player.dataset.player;
    frame.title = player.dataset.playerTitle;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    player.replaceChildren(frame);
    frame.focus();
  });
}
