// The buttons under a message, in the rows they were given; numbered as they can be typed.

import { OUT, PIN, hidden, icon, isSafe, link, make } from "./elements.js";
import { t } from "./strings.js";

export function options(item, answer) {
  const rows = (item.rows ?? []).map((row) => row);
  if (!rows.length && item.ask !== "location") return null;
  const box = make("div", "options");
  box.setAttribute("role", "group");
  if (item.ask === "location") box.append(make("div", "option-row", locationButton(item, answer)));
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
  const label = make("span", "option-label", button.label);
  if (button.url) {
    const target = isSafe(button.url) ? button.url : "/chat/";
    return link(target, "option", badge, label, hidden(`, ${t("opens_page")}`), icon(OUT));
  }
  const element = make("button", "option", badge, label);
  element.type = "button";
  element.addEventListener("click", () => answer.press(button, item.id));
  return element;
}

function locationButton(item, answer) {
  const element = make("button", "option option-share", icon(PIN), make("span", "option-label", item.ask_label ?? t("location")));
  element.type = "button";
  element.addEventListener("click", () => answer.shareLocation());
  return element;
}
