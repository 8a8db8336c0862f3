// A masked number is shown where it stands, for a minute; without scripts its form leads to a page.

const SHOWN_FOR = 60_000;

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form) {
    return;
  }
  event.preventDefault();
  const fault = form.querySelector(".fault");
  const field = form.querySelector("[name=reason]");
  tell("");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      redirect: "error",
    });
    const said = await answer.json();
    if (answer.ok) {
      show(said.value);
    } else {
      tell(said.trouble);
    }
  } catch {
    // Signed out, gone, or away: the page that the form leads to says which.
    form.submit();
  } finally {
    delete form.dataset.sent;
    form.querySelector("button").removeAttribute("aria-disabled");
  }

  function tell(words) {
    fault.textContent = words;
    fault.hidden = !words;
    field.toggleAttribute("aria-invalid", Boolean(words));
    if (words) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", fault.id);
      field.focus();
    }
  }

  function show(value) {
    const box = form.closest(".reveal");
    const place = box?.querySelector("[data-masked]");
    if (!place) {
      return;
    }
    const masked = place.dataset.masked || place.textContent;
    place.dataset.masked = masked;
    place.textContent = value;
    place.setAttribute("role", "status");
    box.open = false;
    form.reset();
    setTimeout(() => {
      place.textContent = masked;
    }, SHOWN_FOR);
  }
});
