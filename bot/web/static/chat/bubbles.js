// One message as a bubble, with what hangs under it.

import { countdown, follow } from "./countdown.js";
import { CLIP, OUT, PIN, hidden, icon, isSafe, link, linked, make } from "./elements.js";
import { options } from "./options.js";
import { readable, t } from "./strings.js";

export function bubble(item, answer) {
  const words = make("div", "bubble");
  if (item.picture) words.append(picture(item));
  if (item.title) words.append(make("strong", "bubble-title", item.title));
  const text = item.mine ? ownWords(item) : ourWords(item);
  words.append(make("span", "bubble-text", hidden(`${t(item.mine ? "you" : "kezek")} `), ...text));
  if (item.held) words.append(countdown(item.held));
  words.append(make("time", "bubble-time", item.time));
  const message = make("div", `message ${item.mine ? "mine" : "theirs"}`, words);
  message.dataset.id = item.id;
  message.dataset.day = item.day;
  if (item.mine) return message;
  const under = options(item, answer);
  if (under) message.append(under);
  if (item.held) follow(message, item.held);
  if (item.rows || item.typing || item.ask) message.dataset.screen = "";
  message.ask = item.ask;
  message.hint = item.hint;
  message.keys = item.keys;
  message.asksForText = Boolean(item.typing);
  return message;
}

function ourWords(item) {
  return item.pin && isSafe(item.pin.url) ? [place(item.pin)] : linked(item.text);
}

// Its room is kept free while it comes, or what is read would move away.
function picture(item) {
  const image = make("img", "bubble-picture");
  image.src = item.picture;
  image.alt = item.title ?? "";
  image.loading = "lazy";
  image.addEventListener("error", () => image.remove());
  return image;
}

// A place on the map: a card that opens one.
function place(pin) {
  const lines = make("span", "place-lines", make("strong", "", pin.name), make("span", "place-address", pin.address));
  return link(pin.url, "place", icon(PIN), lines, hidden(`, ${t("opens_page")}`), icon(OUT));
}

function ownWords(item) {
  if (item.kind === "location") return [t("location_sent")];
  // A file's name may be a person's: once it is kept, it is a file and no more.
  if (item.kind === "file") return [icon(CLIP), hidden(t("file"))];
  return [readable(item.text)];
}

// What was sent and is not yet known to be kept.
export const pendingBubble = (clientId, shown) => pending(clientId, readable(shown));

// A file on its way; what becomes of it is told under its name.
export function pendingFileBubble(clientId, name) {
  return pending(clientId, icon(CLIP), ` ${name}\n`, make("span", "bubble-state", ""));
}

function pending(clientId, ...shown) {
  const words = make("div", "bubble");
  words.append(make("span", "bubble-text", hidden(`${t("you")} `), ...shown));
  const clock = make("span", "bubble-time bubble-pending");
  clock.setAttribute("role", "img");
  clock.setAttribute("aria-label", t("sending"));
  words.append(clock);
  const message = make("div", "message mine pending", words);
  message.dataset.clientId = clientId;
  return message;
}
