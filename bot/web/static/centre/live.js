// The line to the live feed: hears events, says when it is lost, and comes back by itself.

const AGAIN_MS = 5_000;
const SAID_MS = 4_000;

// `hears`: what to do with the data of each event by its name. `told`: where it is said how the line is.
export function listen(url, hears, told) {
  let last = null;
  let lost = false;

  function say(words, back) {
    told.element.textContent = words;
    told.element.classList.toggle("back", back);
    told.element.hidden = false;
  }

  function open() {
    const source = new EventSource(last ? `${url.replace(/&after=[^&]*/, "")}&after=${last}` : url);
    source.addEventListener("open", () => {
      if (!lost) return;
      lost = false;
      say(told.back, true);
      setTimeout(() => { told.element.hidden = !lost; }, SAID_MS);
    });
    source.addEventListener("error", () => {
      lost = true;
      say(told.lost, false);
      // A browser tries again by itself unless it was refused: then the session may be over.
      if (source.readyState === EventSource.CLOSED) setTimeout(again, AGAIN_MS);
    });
    for (const name of ["reload", "over"]) {
      source.addEventListener(name, () => location.reload());
    }
    for (const [name, hear] of Object.entries(hears)) {
      source.addEventListener(name, (event) => {
        last = event.lastEventId || last;
        hear(JSON.parse(event.data));
      });
    }
  }

  // Where nobody is signed in any more the page itself leads to signing in. Asking keeps nobody signed in.
  async function again() {
    const answer = await fetch("/console/session", { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") location.reload();
    else open();
  }

  open();
}
