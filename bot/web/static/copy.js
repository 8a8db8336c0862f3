// Values that are copied with a tap.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return; // Not allowed here: the value stands there to be read.
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = button.dataset.copy; }, 1200);
  });
}
