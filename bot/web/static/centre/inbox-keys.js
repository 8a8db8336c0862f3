// The inbox by keyboard: J and K or the arrows move, Enter opens (it is a link), / searches, ? tells the keys.

const TYPING = "input, textarea, select, [contenteditable]";

export function keys() {
  const help = document.getElementById("inbox-help");
  const button = document.getElementById("inbox-keys");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest(TYPING)) return;
    const deed = DEEDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed) return;
    event.preventDefault();
    deed(help);
  });
}

const DEEDS = {
  j: () => move(1),
  ArrowDown: () => move(1),
  // The same keys with the Kazakh and Russian letters on them.
  о: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  л: () => move(-1),
  "/": () => document.getElementById("inbox-search").focus(),
  "?": (help) => help.showModal(),
};

function move(by) {
  const links = [...document.querySelectorAll(".chat .open")];
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  const link = links[Math.min(Math.max(next, 0), links.length - 1)];
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}
