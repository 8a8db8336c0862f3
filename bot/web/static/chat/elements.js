// Making elements. Text is always put in as text: nothing a message says can become markup.

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const PIN = "M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z";
export const CLIP = "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6";
export const OUT = "M9 6h9v9M18 6 7 17";

export function link(url, className, ...children) {
  const element = make("a", className, ...children);
  element.href = url;
  if (/^https?:/i.test(url)) {
    element.target = "_blank";
    element.rel = "noopener noreferrer";
  }
  return element;
}

export const isSafe = (url) => /^(https?:|tel:|mailto:|\/)/i.test(url);

const LINKS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]»])|(\+7[\d ()-]{9,16}\d)/g;

// Addresses and telephone numbers in a text can be tapped.
export function linked(text) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(LINKS)) {
    pieces.push(text.slice(end, found.index));
    const url = found[1] ?? `tel:${found[2].replace(/[^\d+]/g, "")}`;
    pieces.push(link(url, "", found[0]));
    end = found.index + found[0].length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

export const hidden = (text) => make("span", "visually-hidden", text);

// randomUUID is there only on https and localhost.
export function randomName() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
