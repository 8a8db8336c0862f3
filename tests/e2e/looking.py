"""What can be said of any page by looking at it: contrast, names, sizes, width."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_SERIOUS = ("serious", "critical")
_RUN = """
async (rules) => {
  const wanted = { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) };
  return (await axe.run(document, wanted)).violations;
}
"""
_FAULTS = """
() => {
  const faults = [];
  const parse = (text) => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    return text.startsWith("color(srgb")
      ? [parts[0] * 255, parts[1] * 255, parts[2] * 255, parts[3] ?? 1]
      : [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const over = (top, under) => top.slice(0, 3).map((value, at) => value * top[3] + under[at] * (1 - top[3]));
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.push(parse(getComputedStyle(each).backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !seen(element) || element.closest("script, style")) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const [a, b] = [light(over(parse(style.color), ground)), light(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (!field.labels.length && !field.getAttribute("aria-label")) faults.push(`no label: ${field.name}`);
  }
  for (const button of document.querySelectorAll("button, a[href], summary")) {
    if (!seen(button)) continue;
    const name = button.getAttribute("aria-label") ?? button.textContent.trim();
    if (!name) faults.push("a button without a name");
    const box = button.getBoundingClientRect();
    const inText = button.tagName === "A" && getComputedStyle(button).display === "inline";
    if (!inText && box.bottom > 0 && (box.height < 24 || box.width < 24)) faults.push(`too small: ${name}`);
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one heading");
  if (!document.documentElement.lang) faults.push("no language");
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the screen");
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  if (new Set(ids).size !== ids.length) faults.push("an id twice");
  return faults;
}
"""
_THUMBS = """
() => {
  const faults = [];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const pressed = "button, a[href], summary, select, textarea, input:not([type=hidden])";
  for (const each of document.querySelectorAll(pressed)) {
    if (!seen(each) || (each.tagName === "A" && getComputedStyle(each).display === "inline")) continue;
    const fills = getComputedStyle(each, "::after").position === "absolute";
    const area = fills ? each.offsetParent : each.closest("label") ?? each;
    const box = area.getBoundingClientRect();
    // What is there only for a keyboard or a reader has a place outside, or none.
    if (box.bottom <= 0 || box.width < 2) continue;
    if (Math.round(box.height) < 44 || Math.round(box.width) < 44) {
      faults.push(`${Math.round(box.width)} × ${Math.round(box.height)}: ${each.outerHTML.slice(0, 100)}`);
    }
  }
  return faults;
}
"""


async def faults_of(page: Page) -> list[str]:
    """What somebody who sees badly, types without a mouse or has a small screen would meet (WCAG 2.2 AA)."""
    found: list[str] = await page.evaluate(_FAULTS)
    return found


async def too_small_for_a_thumb(page: Page) -> list[str]:
    """What is pressed, other than a link among words, and is less than 44 pixels high or wide."""
    found: list[str] = await page.evaluate(_THUMBS)
    return found


async def axe_faults(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical, rule and element; only these rules, if any are named."""
    if not await page.evaluate("() => Boolean(window.axe)"):
        await page.evaluate(Axe().axe_script)
    found = await page.evaluate(_RUN, list(rules))
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]}"
        for each in found
        if each["impact"] in _SERIOUS
        for node in each["nodes"]
    ]
