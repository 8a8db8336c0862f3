// Draws a row of the inbox, a new one or one that is there, exactly as the server does.

const ZONE = "Asia/Almaty";
const days = new Intl.DateTimeFormat("ru", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const times = new Intl.DateTimeFormat("ru", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });

export function drawn(there, row, data, now) {
  const element = there ?? document.getElementById("chat-row").content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const write = (name, text) => { part(name).textContent = text; };
  const mark = (name, text) => {
    part(name).hidden = !text;
    part(name).querySelector("b").textContent = text ?? "";
  };
  const words = data.words;
  element.dataset.id = row.id;
  element.dataset.at = row.at ?? "";
  element.dataset.since = row.waits ?? "";
  element.dataset.alarm = row.alarm ?? "";
  element.querySelector(".open").href = `/console/chats/${row.id}`;
  part("channel").className = `channel ${row.channel}`;
  write("channel", words.channels[row.channel] ?? row.channel);
  write("language", words.languages[row.language] ?? words.noLanguage);
  write("number", `№\u00a0${row.id.slice(-4)}`);
  write("territory", data.names[row.territory] ?? words.nowhere);
  write("signed", row.signed_in ? words.signedIn : words.stranger);
  write("by", row.by ? words.by[row.by] : "");
  write("text", row.text);
  if (row.said) {
    part("at").dateTime = new Date(row.said).toISOString();
    write("at", days.format(row.said) === days.format(now) ? times.format(row.said) : days.format(row.said));
  }
  offerToTake(part("take"), row);
  mark("assigned", row.assigned);
  mark("drives", row.drives);
  mark("looks", row.looks.map((each) => (each.types ? `${each.login} (${words.typing})` : each.login)).join(", "));
  part("failed").hidden = !row.failed;
  part("labels").replaceChildren(...row.labels.flatMap(labelled));
  drawn.waiting(element, data, now);
  return element;
}

drawn.waiting = (element, data, now) => {
  const since = Number(element.dataset.since);
  const alarm = Number(element.dataset.alarm);
  element.classList.toggle("waits", Boolean(since));
  element.classList.toggle("late", Boolean(since && alarm) && alarm <= now);
  element.querySelector('[data-part="wait"]').hidden = !since;
  element.querySelector('[data-part="waited"]').textContent = since ? waited(now - since, data.words) : "";
};

function offerToTake(form, row) {
  if (!form) return; // not for those who only look
  form.hidden = !row.waits || Boolean(row.assigned);
  form.action = `/console/chats/${row.id}/take`;
  // A form has its effect once: each that is made here gets a number of its own.
  if (form.hidden || !form.dataset.own) form.elements.once.value = ownNumber();
  form.dataset.own = "yes";
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function ownNumber() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => LETTERS[byte % 64]).join("");
}

function labelled(text) {
  const label = document.createElement("span");
  label.className = "mark label";
  label.textContent = text;
  return [label, " "];
}

function waited(span, words) {
  const minutes = Math.max(0, Math.floor(span / 60_000));
  if (minutes >= 1440) return words.days.replace("{days}", Math.floor(minutes / 1440));
  if (minutes >= 60) {
    return words.hours.replace("{hours}", Math.floor(minutes / 60)).replace("{minutes}", minutes % 60);
  }
  return minutes ? words.minutes.replace("{minutes}", minutes) : words.now;
}
