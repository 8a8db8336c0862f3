// The page's texts: all languages come with the page, so that switching takes no reload.

const all = JSON.parse(document.getElementById("strings").textContent);
let language = document.documentElement.lang;

const KINDS = {
  "data-text": (element, text) => { element.textContent = text; },
  "data-label": (element, text) => element.setAttribute("aria-label", text),
  "data-title": (element, text) => element.setAttribute("title", text),
  "data-placeholder": (element, text) => element.setAttribute("placeholder", text),
};

export const t = (name) => all[language][name];

export const currentLanguage = () => language;

// Returns whether anything changed.
export function speak(wanted) {
  if (!(wanted in all) || wanted === language) return false;
  language = wanted;
  document.documentElement.lang = wanted;
  document.title = t("title");
  for (const [attribute, put] of Object.entries(KINDS)) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) put(element, t(element.getAttribute(attribute)));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === wanted));
  }
  const address = new URL(location.href);
  address.searchParams.set("lang", wanted);
  history.replaceState(null, "", address);
  return true;
}

// What a person's own command is shown as: its button says it better.
export function readable(text) {
  const [command, argument] = text.trim().split(/\s+/);
  if (command === "/language" && argument in all) {
    return document.querySelector(`[data-language="${argument}"]`).title;
  }
  return { "/start": t("start"), "/menu": t("menu"), "/help": t("help"), "/cancel": t("cancel") }[text.trim()] ?? text;
}
