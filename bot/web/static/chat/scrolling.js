// Where the reader is in the conversation, and bringing what is new before the eyes.

const scroll = document.getElementById("scroll");
const more = document.getElementById("new-messages");
const NEAR = 120;
const ROOM_ABOVE = 12;
let atEnd = true;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function watch(onTop) {
  scroll.addEventListener("scroll", () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    if (atEnd) more.hidden = true;
    if (scroll.scrollTop < 240) onTop();
  }, { passive: true });
  // The keyboard of a telephone takes room: the last message stays in sight.
  new ResizeObserver(() => { if (atEnd) toEnd(false); }).observe(scroll);
  more.addEventListener("click", () => toEnd(true));
}

export function toEnd(smoothly) {
  more.hidden = true;
  atEnd = true;
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: smoothly && !calm.matches ? "smooth" : "instant" });
}

// A long answer is read from its beginning; who reads further up is not pulled away.
export function reveal(elements) {
  if (!atEnd) {
    more.hidden = false;
    return;
  }
  const first = elements[0];
  const top = first.offsetTop - ROOM_ABOVE;
  if (scroll.scrollHeight - top > scroll.clientHeight) {
    scroll.scrollTo({ top, behavior: calm.matches ? "instant" : "smooth" });
  } else {
    toEnd(true);
  }
}

// Put something in above without moving what is read.
export function keepingPlace(work) {
  const below = scroll.scrollHeight - scroll.scrollTop;
  work();
  scroll.scrollTop = scroll.scrollHeight - below;
}
