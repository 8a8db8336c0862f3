// One message as a bubble, with what hangs under it.

import { CLIP, hidden, icon, linked, make } from "./elements.js";
import { options } from "./options.js";
import { readable, t } from "./strings.js";

export function bubble(item, answer) {
  const words = make("div", "bubble");
  if (item.title) words.append(make("strong", "bubble-title", item.title));
  const text = item.mine ? ownWords(item) : linked(item.text);
  words.append(make("span", "bubble-text", hidden(`${t(item.mine ? "you" : "kezek")} `), ...text));
  words.append(make("time", "bubble-time", item.time));
  const message = make("div", `message ${item.mine ? "mine" : "theirs"}`, words);
  message.dataset.id = item.id;
  message.dataset.day = item.day;
  if (item.mine) return message;
  const under = options(item, answer);
  if (under) message.append(under);
  if (item.rows || item.typing || item.ask) message.dataset.screen = "";
  message.ask = item.ask;
  message.hint = item.hint;
  message.keys = item.keys;
  message.asksForText = Boolean(item.typing);
  return message;
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
