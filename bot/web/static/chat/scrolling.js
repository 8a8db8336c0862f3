// Where the reader is in the conversation, and bringing what is new before the eyes.

const scroll = document.getElementById("scroll");
const more = document.getElementById("new-messages");
const NEAR = 120;
const ROOM_ABOVE = 12;
const GLIDE_MS = 700;
let atEnd = true;
let glidesUntil = 0;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function watch(onTop) {
  scroll.addEventListener("scroll", () => {
    const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    // On the way to one message the reader has not left the end: the next that comes is shown, too.
    if (near || performance.now() > glidesUntil) atEnd = near;
    if (atEnd) more.hidden = true;
    if (scroll.scrollTop < 240) onTop();
  }, { passive: true });
  for (const byHand of ["wheel", "touchmove", "pointerdown"]) {
    scroll.addEventListener(byHand, () => { glidesUntil = 0; }, { passive: true });
  }
  // The keyboard of a telephone takes room: the last message stays in sight.
  new ResizeObserver(() => { if (atEnd) toEnd(false); }).observe(scroll);
  more.addEventListener("click", () => toEnd(true));
}

export function toEnd(smoothly) {
  more.hidden = true;
  atEnd = true;
  glide(scroll.scrollHeight, smoothly);
}

function glide(top, smoothly) {
  const smooth = smoothly && !calm.matches;
  glidesUntil = smooth ? performance.now() + GLIDE_MS : 0;
  scroll.scrollTo({ top, behavior: smooth ? "smooth" : "instant" });
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
    glide(top, true);
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
