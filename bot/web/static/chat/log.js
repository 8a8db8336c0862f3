// The conversation on the screen: kept in the order of the log, with a line before each new day.

import { bubble, pendingBubble, pendingFileBubble } from "./bubbles.js";
import { dayLabel } from "./dates.js";
import { make } from "./elements.js";

const log = document.getElementById("log");

// Ids are decimal numbers in strings, perhaps too large for a number.
const isBefore = (one, other) => one.length < other.length || (one.length === other.length && one < other);

const messages = () => log.querySelectorAll(".message[data-id]");
const lastOf = (list) => list[list.length - 1];

export const isEmpty = () => !log.querySelector(".message");
export const newestId = () => lastOf(messages())?.dataset.id ?? null;
export const oldestId = () => messages()[0]?.dataset.id ?? null;

// Rows may become visible late, so some that we have are asked for again.
export const surelyKnownId = () => {
  const list = messages();
  return list.length ? list[Math.max(0, list.length - 6)].dataset.id : null;
};

// Returns the elements that are new.
export function show(items, answer) {
  const added = items.map((item) => place(item, answer)).filter(Boolean);
  if (added.length) markCurrent();
  return added;
}

// A screen reader is told what is new, not what scrolls in from the past.
export function quietly(work) {
  log.setAttribute("aria-live", "off");
  work();
  setTimeout(() => log.setAttribute("aria-live", "polite"), 100);
}

function place(item, answer) {
  if (log.querySelector(`.message[data-id="${CSS.escape(item.id)}"]`)) return null;
  if (item.client_id) dropPending(item.client_id);
  const element = bubble(item, answer);
  const later = [...messages()].reverse();
  const next = later.findIndex((other) => isBefore(other.dataset.id, item.id));
  const before = next === -1 ? later[later.length - 1] : later[next - 1];
  log.insertBefore(element, before ? startOf(before) : log.querySelector(".pending"));
  separate(element);
  if (before) separate(before);
  return element;
}

// The line of a day belongs to the first message of that day.
function startOf(message) {
  const previous = message.previousElementSibling;
  return previous?.classList.contains("day") ? previous : message;
}

function separate(message) {
  let previous = message.previousElementSibling;
  const line = previous?.classList.contains("day") ? previous : null;
  if (line) previous = line.previousElementSibling;
  line?.remove();
  if (previous?.dataset.day === message.dataset.day) return;
  const element = make("div", "day", make("span", "", ""));
  element.dataset.of = message.dataset.day;
  log.insertBefore(element, message);
  nameDays();
}

export function nameDays() {
  const newest = lastOf(messages())?.dataset.day;
  for (const line of log.querySelectorAll(".day")) line.firstChild.textContent = dayLabel(line.dataset.of, newest);
}

// The screen that the conversation is at: its buttons are loud, and numbered.
function markCurrent() {
  log.querySelector(".message.current")?.classList.remove("current");
  currentScreen()?.classList.add("current");
}

export const currentScreen = () => lastOf(log.querySelectorAll(".message[data-screen]"));

const pending = (clientId) => log.querySelector(`.pending[data-client-id="${CSS.escape(clientId)}"]`);

export function addPending(clientId, shown) {
  dropPending(clientId);
  log.append(pendingBubble(clientId, shown));
}

export const addPendingFile = (clientId, name) => log.append(pendingFileBubble(clientId, name));

// Nothing to be told of one that the log shows by now.
export function tellOfFile(clientId, words) {
  const state = pending(clientId)?.querySelector(".bubble-state");
  if (state) state.textContent = words;
}

export const dropPending = (clientId) => pending(clientId)?.remove();
