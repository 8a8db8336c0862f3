// Files on their way: one after another, each kept by the page until it is known to be taken.

import * as composer from "./composer.js";
import * as connection from "./connection.js";
import { randomName } from "./elements.js";
import * as log from "./log.js";
import { currentLanguage, t } from "./strings.js";

const LARGEST = 10 * 1024 * 1024;
const AGAIN_MS = 5000;

const chooser = document.getElementById("files");
const waiting = [];
let underWay = null;
let again = 0;

// onAdded(): something new is at the end of the conversation.
export function listen(onAdded) {
  document.getElementById("attach").addEventListener("click", choose);
  chooser.addEventListener("change", () => {
    composer.quiet();
    for (const file of chooser.files) add(file);
    // Or the same file could not be chosen again.
    chooser.value = "";
    onAdded();
    next();
  });
}

export const choose = () => chooser.click();

// The line is back: go on.
export const resume = () => next();

function add(file) {
  if (file.size > LARGEST) {
    composer.warn(t("too_large"));
    return;
  }
  const one = { id: randomName(), file };
  waiting.push(one);
  log.addPendingFile(one.id, file.name);
  log.tellOfFile(one.id, t("file_waits"));
}

function next() {
  clearTimeout(again);
  if (underWay || !waiting.length || !connection.isOpen()) return;
  [underWay] = waiting;
  post(underWay);
}

// XMLHttpRequest, because fetch does not tell how far it is.
function post({ id, file }) {
  const query = new URLSearchParams({ id, name: file.name, lang: currentLanguage() });
  const request = new XMLHttpRequest();
  request.open("POST", `upload?${query}`);
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    log.tellOfFile(id, `${t("sending")}: ${Math.round((100 * loaded) / total)}\u00a0%`);
  });
  request.addEventListener("load", () => answered(id, request));
  for (const lost of ["error", "abort", "timeout"]) request.addEventListener(lost, () => interrupted(id));
  log.tellOfFile(id, t("sending"));
  request.send(file);
}

function answered(id, request) {
  const told = read(request.responseText);
  done();
  if (told?.t === "taken") {
    // The bubble stays until the log shows the message itself.
    log.tellOfFile(id, t("file_sent"));
  } else {
    log.dropPending(id);
    composer.warn(told?.text ?? t("file_failed"));
  }
  next();
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Sent again under the same name: if it was taken after all, it is not taken twice.
function interrupted(id) {
  underWay = null;
  log.tellOfFile(id, t("file_waits"));
  again = setTimeout(next, AGAIN_MS);
}

function done() {
  waiting.shift();
  underWay = null;
}
