// What is new in a conversation: asked for when the feed says that there is something.

import { showPresent } from "./chat-presence.js";
import { listen } from "./live.js";

export function follow(page, log) {
  const news = new News(page, log);
  const line = document.querySelector("#connection");
  const hears = { chat: () => news.ask(), presence: ({ present }) => showPresent(present) };
  const told = { element: line, lost: line.dataset.lost, back: line.dataset.back };
  listen(`/console/live?chat=${page.dataset.chat}`, hears, told);
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
        // The feed tells how things stand when the line is there again.
      }
    } while (this.again);
    this.asking = false;
  }

  async #fetch() {
    const { chat, last } = this.page.dataset;
    const answer = await fetch(`/console/chats/${chat}/news?after=${last}`);
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
      this.#seen(found.dataset.last);
      this.again ||= found.dataset.more === "yes";
    }
    this.log.settle(found.querySelectorAll("[data-fate]:not(li *)"));
    for (const place of ["#situation", "#prepared"]) {
      renew(document.querySelector(place), found.querySelector(place));
    }
  }

  // An answer is not to cross with a colleague's: it tells down to where its writer has read.
  #seen(last) {
    const field = document.querySelector("#answer-form [name=seen]");
    if (field) {
      field.value = last;
    }
  }
}

// As it stands now, unless somebody is just using it.
function renew(there, now) {
  if (!there || !now || there.contains(document.activeElement)) {
    return;
  }
  const written = [...there.querySelectorAll("textarea")].some((each) => each.value);
  const chosen = [...there.querySelectorAll("select")].some((each) => each.selectedIndex > 0);
  if (written || chosen) {
    return;
  }
  if (there.querySelector("details")?.open) {
    now.querySelector("details").open = true;
  }
  there.replaceWith(now);
}
