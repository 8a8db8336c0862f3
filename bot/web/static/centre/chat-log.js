// The log on the page: newer lines below, earlier ones above, and nobody who reads is moved.

const NEAR = 48;

export class ChatLog {
  constructor(page) {
    this.box = page.querySelector(".log");
    this.lines = page.querySelector("#lines");
    this.button = page.querySelector(".below");
    this.unread = 0;
    this.box.addEventListener("scroll", () => this.atEnd && this.#read());
    this.button.addEventListener("click", () => this.toEnd());
    this.box.addEventListener("click", (event) => this.#earlier(event));
  }

  // The box is laid out from its lower end: there it stands at 0, and above it below 0.
  get atEnd() {
    return this.box.scrollTop > -NEAR;
  }

  toEnd() {
    this.box.scrollTop = 0;
    this.#read();
  }

  // Lines that are there already come again when two asked at once.
  append(items) {
    const fresh = [...items].filter((each) => !document.getElementById(each.id));
    if (!fresh.length) {
      return;
    }
    const { atEnd } = this;
    const { scrollTop, scrollHeight } = this.box;
    this.lines.append(...fresh);
    if (atEnd) {
      this.box.scrollTop = 0;
      return;
    }
    this.box.scrollTop = scrollTop - (this.box.scrollHeight - scrollHeight);
    this.unread += fresh.filter((each) => !each.classList.contains("aside")).length;
    this.#tell();
  }

  settle(fates) {
    for (const fate of fates) {
      const there = this.lines.querySelector(`[data-fate="${fate.dataset.fate}"]`);
      if (there && there.className + there.textContent !== fate.className + fate.textContent) {
        there.replaceWith(fate);
      }
    }
  }

  #tell() {
    this.button.hidden = this.unread === 0;
    this.button.textContent = this.button.dataset.words.replace("{number}", this.unread);
  }

  #read() {
    this.unread = 0;
    this.#tell();
  }

  // What was said earlier is put above; where that fails the link leads there.
  async #earlier(event) {
    const link = event.target.closest("a.earlier[data-above]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) {
        throw new Error("no such page");
      }
      this.#prepend(link, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      location.assign(link.href);
    }
  }

  #prepend(link, found) {
    const above = [...found.querySelectorAll("#lines > li")];
    const first = this.lines.firstElementChild;
    this.lines.prepend(...above);
    const last = above.at(-1);
    const sameDay = last && dayOf(last) === first?.dataset.day;
    if (sameDay) {
      first.querySelector(".day")?.remove();
      delete first.dataset.day;
    }
    const next = found.querySelector("a.earlier[data-above], .beginning");
    link.replaceWith(...(next ? [next] : []));
    this.box.focus({ preventScroll: true });
  }
}

// The day stands at its first line alone.
function dayOf(line) {
  for (let each = line; each; each = each.previousElementSibling) {
    if (each.dataset.day) {
      return each.dataset.day;
    }
  }
  return "";
}
