// A quiet sound when somebody begins to wait, if it was switched on. It is made here: no file is fetched.

const KEPT = "kezek-sound";
let context = null;

export function offerSound(button) {
  const show = () => button.setAttribute("aria-pressed", String(isOn()));
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, isOn() ? "off" : "on");
    show();
    chime();
  });
}

export function chime() {
  if (!isOn()) return;
  context ??= new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.06, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.35);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.35);
}

const isOn = () => localStorage.getItem(KEPT) === "on";
