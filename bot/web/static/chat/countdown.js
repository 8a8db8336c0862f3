// How long a seat is held still. The server says what is left; in between it is counted on the one clock
// of a browser that nobody sets, so that a telephone that goes wrong and two open pages show the same.

import { hidden, make } from "./elements.js";
import { t } from "./strings.js";

const TICK_MS = 250;
const SOON_MS = 120_000;
const ends = new Map();
let ticking = 0;

// What the bubble has: the clock, which no screen reader reads out each second, and what is told at its end.
export function countdown() {
  const label = make("span", "", t("held_left"));
  label.dataset.text = "held_left";
  const clock = make("span", "countdown-clock", "");
  clock.setAttribute("role", "timer");
  clock.setAttribute("aria-live", "off");
  const over = make("span", "countdown-over");
  over.setAttribute("role", "status");
  return make("div", "countdown", label, clock, over);
}

export function follow(message, held) {
  message.dataset.claim = held.claim;
  message.passing = held.actions;
  learn(held.claim, held.left);
  draw(message);
  tick();
}

// What the server says now of seats that were shown: how long still, that the time is over, or neither.
export function correct(of) {
  for (const [claim, left] of Object.entries(of)) learn(claim, left);
  tick();
}

// A page shows one seat in several messages: what was said last of it counts for all.
const learn = (claim, left) => ends.set(claim, left === null ? null : performance.now() + left);

function tick() {
  for (const message of document.querySelectorAll(".message[data-claim]")) draw(message);
  const running = [...ends.values()].some((end) => end !== null && end > performance.now());
  if (running && !ticking) ticking = setInterval(tick, TICK_MS);
  if (!running && ticking) {
    clearInterval(ticking);
    ticking = 0;
  }
}

function draw(message) {
  const end = ends.get(message.dataset.claim);
  const left = end === null ? null : Math.max(end - performance.now(), 0);
  const box = message.querySelector(".countdown");
  const clock = box.querySelector(".countdown-clock");
  box.hidden = left === null;
  box.classList.toggle("soon", left < SOON_MS);
  // Never "0:00" while there is something left.
  const shown = Math.ceil((left ?? 0) / 1000);
  clock.firstChild.data = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  const state = left === null ? "ended" : left > 0 ? "running" : "over";
  if (message.dataset.hold === state) return;
  message.dataset.hold = state;
  enter(message, box, state);
}

function enter(message, box, state) {
  const [label, clock, over] = box.children;
  label.hidden = clock.hidden = state === "over";
  over.textContent = state === "over" ? t("held_over") : "";
  for (const option of message.querySelectorAll(".option[data-action]")) {
    if (message.passing.includes(option.dataset.action)) outdate(option, state !== "running");
  }
}

// It can be pressed all the same: the answer says how things stand.
function outdate(option, isOver) {
  option.classList.toggle("outdated", isOver);
  option.querySelector(".visually-hidden")?.remove();
  if (isOver) option.append(hidden(`, ${t("out_of_date")}`));
}
