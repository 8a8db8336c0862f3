// The chat's page: what the person does goes out, what the log says is shown.

import * as composer from "./composer.js";
import * as connection from "./connection.js";
import * as countdown from "./countdown.js";
import * as device from "./device.js";
import { randomName } from "./elements.js";
import * as log from "./log.js";
import * as scrolling from "./scrolling.js";
import { currentLanguage, speak, t } from "./strings.js";
import * as unsent from "./unsent.js";
import * as uploads from "./uploads.js";

const welcome = document.getElementById("welcome");
const typing = document.getElementById("typing");
const older = document.getElementById("older");
const state = document.getElementById("state");
const stateText = document.getElementById("state-text");
const TYPING_AFTER_MS = 350;

let wholeLog = false;
let loadingOlder = false;
let begun = false;
let typingSoon = 0;

// ---- out

function say(frame, shown) {
  const whole = { id: randomName(), ...frame };
  unsent.add(whole, shown);
  showPending(whole.id, shown);
  if (connection.send(whole)) expectAnswer();
  else composer.warn(t("offline_more"));
}

function showPending(id, shown) {
  welcome.hidden = true;
  log.addPending(id, shown);
  scrolling.toEnd(true);
}

// Half an emoji is no text: the other end could not read the whole message.
const sayText = (text) => say({ t: "text", text: text.toWellFormed?.() ?? text }, text);

const answer = {
  press: (button, under) => {
    // Tapped twice in haste: once is meant.
    if (unsent.everything().some(({ frame }) => frame.action === button.action && frame.under === under)) return;
    composer.quiet();
    say({ t: "press", action: button.action, label: button.label, under }, button.label);
  },
  chooseFiles: uploads.choose,
  shareLocation: () => {
    composer.quiet();
    if (!navigator.geolocation) {
      composer.warn(t("no_location"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => say({ t: "location", latitude, longitude }, t("location_sent")),
      () => composer.warn(t("no_location")),
      { timeout: 15000, maximumAge: 600000 },
    );
  },
};

function expectAnswer() {
  clearTimeout(typingSoon);
  typingSoon = setTimeout(() => {
    typing.hidden = false;
    scrolling.toEnd(true);
  }, TYPING_AFTER_MS);
}

function answered() {
  clearTimeout(typingSoon);
  typing.hidden = true;
}

// ---- in

const frames = {
  begin: ({ items, first }) => {
    begun = true;
    wholeLog = first;
    log.quietly(() => log.show(items, answer));
    welcome.hidden = !log.isEmpty();
    scrolling.toEnd(false);
    follow(items);
    tellSeen();
  },
  messages: ({ items }) => {
    showNew(items);
    follow(items);
  },
  older: ({ items, first }) => {
    wholeLog = first;
    log.quietly(() => scrolling.keepingPlace(() => {
      older.hidden = true;
      log.show(items, answer);
    }));
    loadingOlder = false;
  },
  taken: ({ id }) => {
    unsent.take(id);
    log.dropPending(id);
    if (!unsent.everything().length) answered();
  },
  refused: ({ id, text }) => {
    answered();
    composer.warn(text);
    const returned = id && unsent.take(id);
    if (!returned) return;
    log.dropPending(id);
    if (returned.frame.t === "text" && !returned.frame.text.startsWith("/")) composer.putBack(returned.frame.text);
    welcome.hidden = !log.isEmpty();
  },
  left: ({ of }) => countdown.correct(of),
  pong: () => {},
};

// The page speaks the language of the conversation, and its field fits what is asked.
function follow(items) {
  const language = items.filter((item) => !item.mine).at(-1)?.language;
  if (language && speak(language)) log.nameDays();
  composer.attune(log.currentScreen());
}

// Whoever looks has it before the eyes: what was told then counts as read.
function tellSeen() {
  const newest = log.newestId();
  if (!document.hidden && newest) connection.send({ t: "seen", id: newest });
}

function showNew(items) {
  const added = log.show(items, answer);
  const said = added.filter((element) => element.classList.contains("theirs"));
  if (!added.length) return;
  welcome.hidden = true;
  if (said.length) answered();
  scrolling.reveal(said.length ? said : added);
  tellSeen();
}

function loadOlder() {
  const before = log.oldestId();
  if (wholeLog || loadingOlder || !begun || !before) return;
  loadingOlder = connection.send({ t: "older", before });
  older.hidden = !loadingOlder;
}

function showState(name) {
  if (state.dataset.state === name) return;
  state.dataset.state = name;
  stateText.dataset.text = name;
  stateText.textContent = t(name);
  if (name === "online") composer.quiet();
  else answered();
}

// ---- beginning

const hello = () => connection.send({ t: "hello", after: log.surelyKnownId(), language: currentLanguage() });

function greet() {
  loadingOlder = false;
  hello();
  for (const { frame } of unsent.everything()) connection.send(frame);
  if (unsent.everything().length) expectAnswer();
  uploads.resume();
}

function fitKeyboard() {
  // Where the keyboard covers the page and doesn't resize it (iOS), the page gives way by itself.
  const covered = innerHeight - visualViewport.height > 1 && visualViewport.scale === 1;
  document.documentElement.style.setProperty("--height", covered ? `${visualViewport.height}px` : "100dvh");
  if (covered) scrollTo(0, 0);
}

document.getElementById("menu").addEventListener("click", () => sayText("/menu"));
document.getElementById("start").addEventListener("click", () => sayText("/start"));
document.getElementById("languages").addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-language]")?.dataset.language;
  if (!wanted || !speak(wanted)) return;
  log.nameDays();
  composer.attune(log.currentScreen());
  if (log.isEmpty()) hello();
  else sayText(`/language ${wanted}`);
});
composer.listen(sayText);
uploads.listen(() => scrolling.toEnd(true));
device.listen(connection.stop);
scrolling.watch(loadOlder);
document.addEventListener("visibilitychange", tellSeen);
globalThis.visualViewport?.addEventListener("resize", fitKeyboard);
for (const { frame, shown } of unsent.everything()) showPending(frame.id, shown);
connection.begin({
  open: greet,
  state: showState,
  frame: (data) => frames[data.t]?.(data),
});
