// The clock of the demo's front page.

const card = document.querySelector(".clock");
const face = document.getElementById("clock");
const form = document.getElementById("clock-form");
const trouble = document.getElementById("clock-trouble");
const TROUBLES = { 409: "back", 400: "wrong" };

function show(at) {
  const [day, time] = at.split("T");
  face.dateTime = at;
  face.textContent = `${day.split("-").reverse().join(".")} ${time.slice(0, 5)}`;
}

async function move(to) {
  card.setAttribute("aria-busy", "true");
  trouble.hidden = true;
  try {
    const answer = await fetch("/demo/clock", { method: "POST", body: JSON.stringify(to) });
    if (answer.ok) show((await answer.json()).at);
    else complain(TROUBLES[answer.status] ?? "failed");
  } catch {
    complain("failed");
  }
  card.removeAttribute("aria-busy");
}

function complain(why) {
  trouble.textContent = trouble.dataset[why];
  trouble.hidden = false;
}

for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", () => move({ advance: button.dataset.advance }));
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  move({ at: form.elements.at.value });
});
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch("/demo/clock").catch(() => null);
  if (answer?.ok) show((await answer.json()).at);
}, 15000);
