// Helps, and nothing more: every form works without it.

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}

// A page that the browser kept shows what was: with a form that has gone out it is asked for anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});

document.querySelector("[aria-invalid='true']")?.focus();
