// The entry field: grows with its text, becomes a telephone field when a phone is asked for, and brings
// up digits when digits are.

import { t } from "./strings.js";

const form = document.getElementById("composer");
const text = document.getElementById("message");
const phone = document.getElementById("phone");
const attach = document.getElementById("attach");
const notice = document.getElementById("notice");
const LONGEST = 4096;

const field = () => (phone.hidden ? text : phone);

export function listen(onSend) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(onSend);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(onSend);
  });
  form.addEventListener("input", refresh);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    quiet();
    field().focus();
  });
}

function send(onSend) {
  const value = field().value.trim();
  if (!value) return;
  // Counted in characters, as the server does.
  if ([...value].length > LONGEST) {
    warn(t("too_long"));
    return;
  }
  quiet();
  field().value = "";
  refresh();
  onSend(value);
}

function refresh() {
  form.classList.toggle("has-text", field().value.trim() !== "");
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
}

// What the conversation waits for decides what the field is like.
export function attune(screen) {
  const value = field().value;
  const hadFocus = document.activeElement === field();
  const asksPhone = screen?.ask === "phone" || screen?.keys === "phone";
  phone.hidden = !asksPhone;
  text.hidden = asksPhone;
  attach.hidden = screen?.ask !== "file";
  field().value = value;
  text.inputMode = screen?.keys === "digits" ? "numeric" : "text";
  text.placeholder = screen?.hint ?? t("write");
  refresh();
  // On a telephone a keyboard that jumps up hides what is asked.
  if (hadFocus || (screen?.asksForText && matchMedia("(pointer: fine)").matches)) field().focus({ preventScroll: true });
}

// A text that was not taken comes back, unless something else was begun meanwhile.
export function putBack(value) {
  if (field().value.trim()) return;
  field().value = value;
  refresh();
  field().focus({ preventScroll: true });
}

export function warn(words) {
  notice.textContent = words;
  notice.hidden = false;
}

export function quiet() {
  notice.hidden = true;
  notice.textContent = "";
}
