// Keeps the keys that are pressed in a control inside it. Draws nothing.
// JupyterLab's command mode listens to single letters: with the focus in a list, "d d" would delete the explorer's cell.
// The focused element itself has to carry the mark that keeps those keys away; one listener serves the whole page.
// A slider over words ("15 min before") tells a screen reader only the place of the word; its readout holds the word itself.
function sayReadout(handle) {
  const slider = handle.closest(".widget-slider");
  const readout = slider?.querySelector(".widget-readout");
  if (!readout || slider.querySelectorAll("[role=slider]").length > 1) return;
  const say = () => {
    const words = readout.textContent.trim();
    if (words && handle.ariaValueText !== words) handle.ariaValueText = words;
  };
  say();
  if (handle.dataset.mlSaid) return;
  handle.dataset.mlSaid = "true";
  new MutationObserver(say).observe(handle, { attributeFilter: ["aria-valuetext"] });
}

function guardKeys() {
  if (window.migraineLabKeysGuarded) return;
  window.migraineLabKeysGuarded = true;
  document.addEventListener("focusin", (event) => {
    if (event.target.closest?.(".jp-OutputArea-output")) event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    if (event.target.closest?.(".ml-explorer") && event.target.getAttribute("role") === "slider") sayReadout(event.target);
  }, true);
  // a presenter's clicker (Page Up, Page Down) still has to go on from inside a list or button
  document.addEventListener("keydown", (event) => {
    const ways = { PageDown: ["down", "forward"], PageUp: ["up", "back"] }[event.key];
    if (!ways || document.body.dataset.jpDeckMode !== "presenting" || event.target.getAttribute("role") === "slider") return;
    if (!event.target.closest?.(".jp-OutputArea-output")) return;
    const remote = (way) => document.querySelector(`.jp-Deck-Remote .jp-deck-mod-direction-${way}:not(.jp-mod-disabled)`);
    const next = ways.map(remote).find(Boolean);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.click();
  }, true);
}

export default {
  render({ el }) {
    el.style.display = "none";
    guardKeys();
  },
};
