// Days and times come from the server, already in the territory's zone: a telephone's own tables may be old.

import { t } from "./strings.js";

export function dayLabel(day, newestDay) {
  const [year, month, date] = day.split("-").map(Number);
  const words = `${date} ${t("months")[month - 1]}`;
  return newestDay && newestDay.startsWith(`${year}-`) ? words : `${words} ${year}`;
}
