// Tells the server that somebody is here, and the person that the session is about to end.
// An open page by itself keeps nobody signed in: only a key, a pointer or a touch does.

const PATH = "/console/session";
const TOLD_EVERY_MS = 5 * 60_000;
const WARNED_MS = 5 * 60_000;
const ASKED_AGAIN_MS = 20_000;
const INPUT = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];
const HEARD = { passive: true, capture: true };

const place = document.getElementById("staying");
const words = place.querySelector("[role=status]");
const button = place.querySelector("button");
const way = place.querySelector("a");
const mark = document.querySelector("input[name=csrf]").value;

let toldAt = Date.now();
let warned = false;
let asking = false;
let waiting = 0;
let pointer = "";

function say(text, { stay = false, over = false } = {}) {
  // Said once: what stands there already is not read out again.
  if (words.textContent !== text) words.textContent = text;
  place.classList.toggle("said", Boolean(text));
  button.hidden = !stay;
  way.hidden = !over;
}

// Asks how long it goes on; with `init` it tells that somebody is here.
async function ask(init = {}) {
  if (asking) return;
  asking = true;
  clearTimeout(waiting);
  try {
    const answer = await fetch(PATH, { redirect: "manual", ...init });
    if (answer.type === "opaqueredirect") end();
    else if (answer.ok) show(await answer.json());
    else later(ASKED_AGAIN_MS);
  } catch {
    later(ASKED_AGAIN_MS); // the network is away: asked again
  } finally {
    asking = false;
  }
}

function show({ left, can_stay: canStay }) {
  if (left > WARNED_MS) {
    warned = false;
    say("");
    later(left - WARNED_MS);
    return;
  }
  warned = canStay;
  say(canStay ? place.dataset.idle : place.dataset.day, { stay: canStay });
  later(Math.min(left + 1_000, ASKED_AGAIN_MS));
}

function later(span) {
  clearTimeout(waiting);
  waiting = setTimeout(ask, span);
}

function end() {
  for (const kind of INPUT) removeEventListener(kind, heard, HEARD);
  say(place.dataset.over, { over: true });
}

function tell() {
  if (asking) return;
  toldAt = Date.now();
  ask({ method: "POST", body: new URLSearchParams({ csrf: mark }) });
}

// A page that moves under a pointer that lies still is no input.
function isMoved(event) {
  const before = pointer;
  pointer = `${event.screenX} ${event.screenY}`;
  return before !== "" && before !== pointer;
}

function heard(event) {
  if (event.type === "pointermove" && !isMoved(event)) return;
  if (warned || Date.now() - toldAt >= TOLD_EVERY_MS) tell();
}

for (const kind of INPUT) addEventListener(kind, heard, HEARD);
button.addEventListener("click", tell);
later(Math.max(0, Number(place.dataset.left) - WARNED_MS));
