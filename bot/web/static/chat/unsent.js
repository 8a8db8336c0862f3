// Messages that are not known to be kept: they outlive a lost line and a reload of the page.
// Only until they are taken: what may be an IIN is not left lying about in the browser.

const KEY = "kezek-unsent";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

let list = read();

function keep() {
  try {
    if (list.length) sessionStorage.setItem(KEY, JSON.stringify(list));
    else sessionStorage.removeItem(KEY);
  } catch {
    // No storage in this browser's mode: the page itself still remembers.
  }
}

export const everything = () => [...list];

// `shown` is what the person sees of it, `frame` what is sent.
export function add(frame, shown) {
  list.push({ frame, shown });
  keep();
}

export function take(id) {
  const found = list.find((one) => one.frame.id === id);
  list = list.filter((one) => one !== found);
  keep();
  return found;
}

export function forgetAll() {
  list = [];
  keep();
}
