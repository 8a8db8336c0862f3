// What is being written stays when the page is loaded anew: in this tab alone, and until it is sent.

export function keepDrafts(chat) {
  const sent = new URLSearchParams(location.search).has("done");
  for (const field of document.querySelectorAll("textarea[data-draft]")) {
    keep(field, `chat ${chat} ${field.id}`, sent);
  }
}

function keep(field, name, sent) {
  const onTheWay = `${name} sent`;
  if (sent) {
    sessionStorage.removeItem(onTheWay);
  }
  const kept = sessionStorage.getItem(name) ?? sessionStorage.getItem(onTheWay);
  if (!field.value && kept) {
    field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.addEventListener("input", () => {
    if (field.value) {
      sessionStorage.setItem(name, field.value);
    } else {
      sessionStorage.removeItem(name);
    }
  });
  field.form.addEventListener("submit", () => {
    sessionStorage.setItem(onTheWay, field.value);
    sessionStorage.removeItem(name);
  });
}
