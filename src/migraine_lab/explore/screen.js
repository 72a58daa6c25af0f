// The explorer's eyes: tells the kernel how the page looks (theme, pixel ratio, room, being presented) and gives the
// page what ipywidgets leaves out (names for slider handles, a live region for the sentence). Draws nothing itself.
function isDark() {
  return document.body.dataset.jpThemeLight === "false";
}

function isPresenting() {
  return document.body.dataset.jpDeckMode === "presenting"; // set by jupyterlab-slideshow
}

function nameControls(root) {
  for (const box of root.querySelectorAll(".widget-inline-hbox, .widget-checkbox, .widget-dropdown")) {
    const label = box.querySelector(".widget-label, .widget-label-basic");
    const text = (label ? label.textContent : "").trim();
    if (!text) continue;
    const handles = box.querySelectorAll(".noUi-handle");
    handles.forEach((handle, at) => {
      const end = handles.length > 1 ? (at === 0 ? " from" : " to") : "";
      handle.setAttribute("aria-label", text + end);
    });
    const readout = box.querySelector(".widget-readout");
    if (readout) readout.setAttribute("aria-label", text + " value");
  }
  const sentence = root.querySelector(".ml-sentence");
  if (sentence) sentence.setAttribute("role", "status");
  const message = root.querySelector(".ml-message");
  if (message) message.setAttribute("role", "alert");
}

export default {
  render({ model, el }) {
    el.style.display = "none";
    let timer = 0;
    const look = () => {
      const root = el.closest(".ml-explorer");
      if (!root) return;
      nameControls(root);
      const width = Math.floor((root.parentElement || root).clientWidth / 20) * 20;
      if (width < 200) return; // hidden just now: keep what was known
      model.set("page", {
        // large screens zoom a slide (CSS zoom), which the pixel ratio does not tell
        ratio: Math.min(3, Math.max(1, (window.devicePixelRatio || 1) * (root.currentCSSZoom || 1))),
        dark: isDark(),
        presenting: isPresenting(),
        width,
      });
      model.save_changes();
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(look, 60); };
    const attributes = new MutationObserver(soon);
    attributes.observe(document.body, { attributes: true });
    const size = new ResizeObserver(soon);
    // the widget's node joins the page after render(), so the explorer around it is looked up a moment later
    const start = setTimeout(() => {
      const root = el.closest(".ml-explorer");
      if (root) size.observe(root.parentElement || root);
      look();
    }, 0);
    return () => { clearTimeout(start); clearTimeout(timer); attributes.disconnect(); size.disconnect(); };
  },
};
