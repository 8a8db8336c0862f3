// The keyboard. What it does is told by "?".

const TOGETHER_MS = 1500;
const INBOX = "/console/chats";

export function listenToKeys(answer, help) {
  let wentAt = -TOGETHER_MS;
  const opener = document.querySelector("[data-opens-keys]");
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  help.querySelector("[data-closes-keys]").addEventListener("click", () => help.close());
  addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select");
    if (field) {
      inField(event, field);
      return;
    }
    // By their places: under a Kazakh or Russian layout the letters are others.
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) {
      return;
    }
    if (event.code === "KeyI" && event.timeStamp - wentAt < TOGETHER_MS) {
      location.assign(INBOX);
    } else if (event.code === "KeyA" && answer) {
      event.preventDefault();
      answer.focus();
    } else if (event.key === "?") {
      event.preventDefault();
      help.showModal();
    }
    wentAt = event.code === "KeyG" ? event.timeStamp : -TOGETHER_MS;
  });
}

function inField(event, field) {
  if (event.key === "Escape" && !event.defaultPrevented) {
    field.blur();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) {
    event.preventDefault();
    field.form.requestSubmit();
  }
}
