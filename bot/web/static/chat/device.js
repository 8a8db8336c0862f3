// The sheet about this chat, where the device can be forgotten.

import * as unsent from "./unsent.js";
import { t } from "./strings.js";

const sheet = document.getElementById("about");
const forget = document.getElementById("forget");

function unsure() {
  forget.dataset.text = "forget";
  forget.textContent = t("forget");
}

export function listen(hangUp) {
  document.getElementById("about-open").addEventListener("click", () => {
    unsure();
    sheet.showModal();
  });
  document.getElementById("about-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  forget.addEventListener("click", async () => {
    if (forget.dataset.text === "forget") {
      // Asked once more, in place: there is no way back.
      forget.dataset.text = "forget_sure";
      forget.textContent = t("forget_sure");
      return;
    }
    hangUp();
    unsent.forgetAll();
    await fetch("forget", { method: "POST" });
    location.reload();
  });
}
