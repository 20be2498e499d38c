// Tab leaves the editor, as it leaves every other field: the widget's own script would keep it (WCAG 2.1.2). Its other
// shortcuts replace the whole text, which throws the browser's undo history away, so they stay the browser's too.
document.addEventListener(
  "keydown",
  (event) => {
    const shortcut = (event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key);
    if ((event.key === "Tab" || shortcut) && event.target.matches?.(".markdownx-editor")) event.stopImmediatePropagation();
  },
  true,
);
