// What is new in a conversation: asked for when the feed says that there is something.

const FALLBACK_MS = 5000;

export function follow(page, log) {
  const news = new News(page, log);
  const feed = new EventSource(`/console/live?chat=${page.dataset.chat}`);
  for (const kind of ["chat", "presence"]) {
    feed.addEventListener(kind, () => news.ask());
  }
  // Whatever came while the line was broken.
  feed.addEventListener("open", () => news.ask());
  feed.addEventListener("error", () => {
    if (feed.readyState === EventSource.CLOSED) {
      setInterval(() => news.ask(), FALLBACK_MS);
    }
  });
}

class News {
  constructor(page, log) {
    this.page = page;
    this.log = log;
    this.asking = false;
    this.again = false;
  }

  // One question at a time; what is told meanwhile is asked for afterwards.
  async ask() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    do {
      this.again = false;
      try {
        await this.#fetch();
      } catch {
        // The next event, or the next second of the fallback, asks again.
      }
    } while (this.again);
    this.asking = false;
  }

  async #fetch() {
    const { chat, last } = this.page.dataset;
    const answer = await fetch(`/console/chats/${chat}/news?after=${last}`, { credentials: "same-origin" });
    if (answer.redirected) {
      location.reload(); // to the sign-in: the session is over
      return;
    }
    if (!answer.ok) {
      return;
    }
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".news");
    if (found) {
      this.#show(found);
    }
  }

  // An answer is not to cross with a colleague's: it tells down to where its writer has read.
  #seen(last) {
    const field = document.querySelector("#answer-form [name=seen]");
    if (field) {
      field.value = last;
    }
  }

  #show(found) {
    // Who reads far above, on a page of its own, is told there how things stand, and no more.
    if (!this.page.dataset.before) {
      this.log.append(found.querySelectorAll("ol > li.line"));
      this.page.dataset.last = found.dataset.last;
      this.#seen(found.dataset.last);
      this.again ||= found.dataset.more === "yes";
    }
    this.log.settle(found.querySelectorAll("[data-fate]:not(li *)"));
    for (const place of ["#situation", "#prepared"]) {
      renew(document.querySelector(place), found.querySelector(place));
    }
  }
}

// As it stands now, unless somebody is just using it.
function renew(there, now) {
  if (!there || !now || there.contains(document.activeElement)) {
    return;
  }
  if ([...there.querySelectorAll("textarea")].some((each) => each.value)) {
    return;
  }
  const wasOpen = there.querySelector("details")?.open;
  if (wasOpen) {
    now.querySelector("details").open = true;
  }
  there.replaceWith(now);
}
