// The buttons under a message, in the rows they were given; numbered as they can be typed.

import { CLIP, OUT, PIN, hidden, icon, isSafe, link, make } from "./elements.js";
import { t } from "./strings.js";

export function options(item, answer) {
  const rows = (item.rows ?? []).map((row) => row);
  const share = shareButton(item, answer);
  if (!rows.length && !share) return null;
  const box = make("div", "options");
  box.setAttribute("role", "group");
  if (share) box.append(make("div", "option-row", share));
  let number = 0;
  for (const row of rows) {
    const line = make("div", "option-row");
    for (const button of row) {
      number += 1;
      line.append(option(item, button, number, answer));
    }
    box.append(line);
  }
  return box;
}

function option(item, button, number, answer) {
  const badge = make("span", "number", String(number));
  badge.setAttribute("aria-hidden", "true");
  const label = make("span", "option-label", ...labelled(button.label, number));
  if (button.url) {
    const target = isSafe(button.url) ? button.url : "/chat/";
    return link(target, "option", badge, label, hidden(`, ${t("opens_page")}`), icon(OUT));
  }
  const element = make("button", "option", badge, label);
  element.type = "button";
  element.dataset.action = button.action;
  element.addEventListener("click", () => answer.press(button, item.id));
  return element;
}

// A label that begins with its own number shows it where the badge does not.
function labelled(text, number) {
  const start = `${number}. `;
  if (!text.startsWith(start)) return [text];
  return [make("span", "label-number", start), text.slice(start.length)];
}

// What a screen asks to share with one tap; a phone has a field of its own.
function shareButton(item, answer) {
  if (item.ask === "location") return share(PIN, item.ask_label ?? t("location"), answer.shareLocation);
  if (item.ask === "file") return share(CLIP, item.ask_label ?? t("attach"), answer.chooseFiles);
  return null;
}

function share(sign, label, act) {
  const element = make("button", "option option-share", icon(sign), make("span", "option-label", label));
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}
