// Who else looks at the chat, and who writes; and the same of oneself, told to the others.

const BEAT_MS = 12_000;
const TYPING_MS = 4_000;

export function beHere(chat, answer) {
  const mark = document.querySelector("input[name=csrf]").value;
  let typedAt = -TYPING_MS;
  let toldAt = -BEAT_MS;

  function tell(typing) {
    toldAt = performance.now();
    fetch(`/console/chats/${chat}/here`, {
      method: "POST",
      body: new URLSearchParams({ csrf: mark, typing: typing ? "1" : "" }),
      keepalive: true,
    }).catch(() => {}); // told again at the next beat
  }

  answer?.addEventListener("input", () => {
    if (performance.now() - typedAt >= TYPING_MS) {
      typedAt = performance.now();
      tell(true);
    }
  });
  answer?.form.addEventListener("submit", () => tell(false));
  document.addEventListener("visibilitychange", () => document.hidden || tell(false));
  setInterval(() => {
    if (!document.hidden && performance.now() - toldAt >= BEAT_MS) {
      tell(false);
    }
  }, TYPING_MS);
  if (!document.hidden) {
    tell(false);
  }
}

// `present`: everybody whose page is open, with whether they write.
export function showPresent(present) {
  const place = document.querySelector("#onlookers");
  const others = present.filter((each) => each.login !== place.dataset.me);
  const said = [
    [place.dataset.types, others.filter((each) => each.types)],
    [place.dataset.looks, others.filter((each) => !each.types)],
  ];
  const words = said.filter(([, who]) => who.length).map(([sentence, who]) => sentence.replace("{names}", names(who)));
  place.textContent = words.join(" · ");
}

function names(who) {
  return who.map((each) => each.login).join(", ");
}
