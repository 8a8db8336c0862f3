// Ready answers: "/" and a few letters in the answer field open a list; Enter puts a text into the field,
// to be looked at before it is sent. Words come with the field: data-ready, data-found, data-none.

const PAUSE = 120;
const field = document.querySelector("#answer[data-ready]");

if (field) {
  begin(field);
}

function begin(area) {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  box.className = "ready";
  list.className = "ready-list";
  list.id = "ready-list";
  list.hidden = true;
  // It may scroll: whoever reads the page by its parts can come to it.
  list.tabIndex = 0;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.label ?? "");
  told.className = "ready-told";
  told.setAttribute("role", "status");
  area.before(box);
  box.append(list, area, told);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-haspopup", "listbox");

  let shown = [];
  let at = -1;
  let timer;
  let asking;

  area.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    if (!area.value.startsWith("/") || area.value.includes("\n")) {
      close();
      return;
    }
    timer = setTimeout(ask, PAUSE, area.value.slice(1));
  });
  // Before whoever sends the field with Enter.
  area.addEventListener("keydown", key, { capture: true });
  area.addEventListener("blur", () => close());
  // The field keeps the focus: a press on the list is no way out of it.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) {
      choose([...list.children].indexOf(line));
    }
  });

  async function ask(query) {
    asking = new AbortController();
    const url = `${area.dataset.ready}?${new URLSearchParams({ q: query })}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: asking.signal });
      if (!answer.ok || answer.redirected) {
        close();
        return;
      }
      show(await answer.json());
    } catch (fault) {
      if (fault.name !== "AbortError") {
        close();
      }
    }
  }

  function show(items) {
    shown = items;
    list.replaceChildren(...items.map(line));
    list.hidden = !items.length;
    told.textContent = items.length ? `${area.dataset.found}: ${items.length}` : area.dataset.none;
    move(items.length ? 0 : -1);
  }

  function line(item, number) {
    const row = document.createElement("li");
    const name = document.createElement("strong");
    const text = document.createElement("span");
    row.id = `ready-${number}`;
    row.setAttribute("role", "option");
    name.textContent = item.name;
    text.textContent = item.text;
    row.append(name, text);
    if (item.lacking) {
      const why = document.createElement("em");
      why.textContent = item.lacking;
      row.setAttribute("aria-disabled", "true");
      row.append(why);
    }
    return row;
  }

  function move(to) {
    list.children[at]?.removeAttribute("aria-selected");
    at = to;
    const now = list.children[at];
    if (now) {
      now.setAttribute("aria-selected", "true");
      now.scrollIntoView({ block: "nearest" });
      area.setAttribute("aria-activedescendant", now.id);
    } else {
      area.removeAttribute("aria-activedescendant");
    }
  }

  function key(event) {
    if (list.hidden || event.isComposing) {
      return;
    }
    if (event.key === "Tab" && event.shiftKey) {
      close();
      return;
    }
    const many = shown.length;
    const does = {
      ArrowDown: () => move((at + 1) % many),
      ArrowUp: () => move((at - 1 + many) % many),
      Home: () => move(0),
      End: () => move(many - 1),
      Enter: () => choose(at),
      Tab: () => choose(at),
      Escape: () => close(),
    }[event.key];
    if (does && !event.shiftKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      does();
    }
  }

  function choose(which) {
    const item = shown[which];
    if (!item) {
      return;
    }
    if (item.lacking) {
      told.textContent = item.lacking;
      return;
    }
    area.value = item.text;
    area.setSelectionRange(item.text.length, item.text.length);
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    shown = [];
    move(-1);
  }
}
