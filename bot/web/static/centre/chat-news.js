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

  #show(found) {
    // Who reads far above, on a page of its own, is told there how things stand, and no more.
    if (!this.page.dataset.before) {
      this.log.append(found.querySelectorAll("ol > li.line"));
      this.page.dataset.last = found.dataset.last;
      this.again ||= found.dataset.more === "yes";
    }
    this.log.settle(found.querySelectorAll("[data-fate]:not(li *)"));
    const now = document.querySelector("#situation");
    if (now && !now.contains(document.activeElement)) {
      now.replaceWith(found.querySelector("#situation"));
    }
  }
}
