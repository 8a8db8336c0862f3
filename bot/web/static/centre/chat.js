// One conversation. Everything here helps: without it the page is read, and its forms are sent, all the same.

import { keepDrafts } from "./chat-drafts.js";
import { listenToKeys } from "./chat-keys.js";
import { ChatLog } from "./chat-log.js";
import { follow } from "./chat-news.js";
import { beHere } from "./chat-presence.js";

const page = document.querySelector(".chat-page");
const log = new ChatLog(page);
const answer = document.querySelector("#answer");

keepDrafts(page.dataset.chat);
listenToKeys(answer, document.querySelector("#keys"));
follow(page, log);
beHere(page.dataset.chat, answer);
