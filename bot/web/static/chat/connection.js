// The line to the server: comes back by itself, and says how it stands.

const NO_COOKIE = 4401;
const TOO_MANY = 1008;
const PING_MS = 20000;
const PONG_MS = 8000;
const LONGEST_WAIT_MS = 15000;

let socket = null;
let failures = 0;
let recognised = false;
let retry = 0;
let deadline = 0;
let handlers = null;
let stopped = false;

// handlers: open(), frame(data), state("connecting" | "online" | "offline" | "too_many_pages")
export function begin(given) {
  handlers = given;
  setInterval(ping, PING_MS);
  addEventListener("online", hurry);
  addEventListener("offline", () => {
    handlers.state("offline");
    ping();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
  connect();
}

export const isOpen = () => socket?.readyState === WebSocket.OPEN;

// Returns whether it went out; what did not is sent when the line is back.
export function send(frame) {
  if (!isOpen()) return false;
  socket.send(JSON.stringify(frame));
  return true;
}

export function stop() {
  stopped = true;
  clearTimeout(retry);
  socket?.close();
}

async function connect() {
  clearTimeout(retry);
  if (stopped || (socket && socket.readyState <= WebSocket.OPEN)) return;
  try {
    if (!recognised) await introduce();
  } catch {
    again();
    return;
  }
  const address = new URL("ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = "";
  listen(new WebSocket(address));
}

// The cookie that makes this device known; a page that is merely opened gets none.
async function introduce() {
  const answer = await fetch("device", { method: "POST" });
  if (!answer.ok) throw new Error(String(answer.status));
  recognised = true;
}

function listen(line) {
  socket = line;
  line.addEventListener("open", () => {
    handlers.open();
  });
  line.addEventListener("message", (event) => {
    clearTimeout(deadline);
    failures = 0;
    handlers.state("online");
    handlers.frame(JSON.parse(event.data));
  });
  line.addEventListener("close", (event) => {
    if (line !== socket) return;
    socket = null;
    clearTimeout(deadline);
    if (event.code === NO_COOKIE) recognised = false;
    again(event.code);
  });
}

function again(code) {
  if (stopped) return;
  failures += 1;
  if (code === TOO_MANY) handlers.state("too_many_pages");
  else handlers.state(failures > 1 || !navigator.onLine ? "offline" : "connecting");
  const wait = Math.min(LONGEST_WAIT_MS, 400 * 2 ** failures) * (0.7 + 0.6 * Math.random());
  clearTimeout(retry);
  retry = setTimeout(connect, code === TOO_MANY ? LONGEST_WAIT_MS : wait);
}

function hurry() {
  if (isOpen()) ping();
  else connect();
}

function ping() {
  if (!send({ t: "ping" })) return;
  clearTimeout(deadline);
  const line = socket;
  deadline = setTimeout(() => {
    // A dead line may take minutes to close by itself.
    line.close();
    if (line === socket) {
      socket = null;
      again();
    }
  }, PONG_MS);
}
