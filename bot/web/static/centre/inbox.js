// Keeps the inbox up to date as things happen. Without it the page is as it was drawn.

import { drawn } from "./inbox-row.js";
import { keys } from "./inbox-keys.js";
import { listen } from "./live.js";
import { chime, offerSound } from "./sound.js";

const MOST_SHOWN = 60;
const data = JSON.parse(document.getElementById("inbox-data").textContent);
const ahead = data.now - Date.now();
const waitingRows = document.getElementById("chats-waiting");
const restRows = document.getElementById("chats-rest");
const title = document.title;
let number = waitingRows.rows.length;

const now = () => Date.now() + ahead;
const rowOf = (id) => document.querySelector(`.chat[data-id="${id}"]`);

function belongs(row) {
  if (data.language && row.language !== data.language) return false;
  if (data.channel && row.channel !== data.channel) return false;
  if (data.label && !row.labels.includes(data.label)) return false;
  if (data.covered.length && !data.covered.includes(row.territory)) return false;
  switch (data.list) {
    case "waiting": return Boolean(row.waits);
    case "mine": return row.assigned === data.me || row.drives === data.me;
    case "failed": return row.failed;
    default: return true;
  }
}

// Where it stands among the others: those who wait by how long, the rest by what was said last.
function place(element, row) {
  const among = row.waits ? waitingRows : restRows;
  const before = row.waits
    ? (each) => Number(each.dataset.since) > row.waits
    : (each) => Number(each.dataset.at) < row.at;
  const others = [...among.rows].filter((each) => each !== element);
  const next = others.find(before) ?? null;
  if (element.parentElement === among && element.nextElementSibling === next) return;
  // Somebody may have the focus in it: what moves must not lose it.
  const focused = element.contains(document.activeElement);
  among.insertBefore(element, next);
  if (focused) element.querySelector(".open").focus();
}

function show(row) {
  const there = rowOf(row.id);
  const wanted = belongs(row);
  if (!there && !(wanted && data.first)) return false;
  const began = Boolean(row.waits) && !there?.dataset.since;
  const element = drawn(there, row, data, now());
  element.classList.toggle("gone", !wanted);
  if (wanted || !there) place(element, row);
  return began;
}

function tellWaiting(many) {
  number = many;
  const shown = many > 99 ? "99+" : String(many);
  const count = document.querySelector('[data-count="waiting"]');
  count.textContent = shown;
  count.classList.toggle("many", many > 0);
  document.title = many ? `(${shown}) ${title}` : title;
}

function announce(many) {
  const words = many ? data.words.waiting.replace("{number}", many) : data.words.nobody;
  const status = document.getElementById("inbox-waiting");
  if (status.textContent !== words) status.textContent = words;
}

function hear(news) {
  const began = news.rows.map(show).some(Boolean);
  while (restRows.rows.length > MOST_SHOWN) restRows.rows[restRows.rows.length - 1].remove();
  document.getElementById("chats-empty").hidden = Boolean(document.querySelector(".chat[data-id]:not([data-id=''])"));
  if (news.waiting !== number) announce(news.waiting);
  tellWaiting(news.waiting);
  if (began) chime();
}

// Filters that are not used are in the way where the screen is small.
function foldOnSmallScreens(filters) {
  if (!filters.dataset.used && matchMedia("(max-width: 899px)").matches) filters.open = false;
}

// Minutes pass though nothing happens.
function grow() {
  for (const element of waitingRows.rows) {
    drawn.waiting(element, data, now());
  }
}

const written = document.querySelector('[data-count="waiting"]').textContent;
tellWaiting(written === "99+" ? 100 : Number(written));
offerSound(document.getElementById("inbox-sound"));
keys();
foldOnSmallScreens(document.getElementById("inbox-filters"));
setInterval(grow, 10_000);
listen(`/console/live?inbox=1&after=${data.mark}`, { inbox: hear }, {
  element: document.getElementById("inbox-connection"),
  lost: data.words.lost,
  back: data.words.back,
});
