const TOKEN = "katapult-sim-token";

/** Some browsers forbid the store; then the token lasts as long as the page. */
const kept = {
  token: null,
  get() {
    try { return this.token ?? sessionStorage.getItem(TOKEN); } catch { return this.token; }
  },
  set(token) {
    this.token = token;
    try { sessionStorage.setItem(TOKEN, token); } catch { /* it is in `token` */ }
  },
};

/** From `#token=…`, which does not stay in the address bar. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  kept.set(token);
  history.replaceState(null, "", location.pathname + location.search);
}

class NotAllowed extends Error {}
class Refused extends Error {}
class Gone extends Error {}

/** One order or question of the control API. */
async function control(method, path, body) {
  const headers = {};
  const token = kept.get();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const options = { method, headers, cache: "no-store", signal: AbortSignal.timeout(10_000) };
  if (body !== undefined) options.body = JSON.stringify(body);
  let answer, text;
  try {
    answer = await fetch(path, options);
    text = await answer.text();
  } catch {
    throw new Gone("The simulator did not answer");
  }
  if (answer.ok) return JSON.parse(text);
  let message = text;
  try { message = JSON.parse(text).error ?? text; } catch { /* it is no JSON */ }
  throw new (answer.status === 401 ? NotAllowed : Refused)(String(message));
}

let silence;
/** Tells what an order did, for a few seconds. */
function say(text, is_bad = false) {
  clearTimeout(silence);
  setText(byId("said"), text);
  byId("said").classList.toggle("bad", is_bad);
  silence = setTimeout(() => setText(byId("said"), ""), is_bad ? 10_000 : 4_000);
}

/** Gives an order, tells what it did, and shows at once how things are then. */
async function order(said, method, path, body) {
  try {
    await control(method, path, body);
    say(said);
  } catch (error) {
    if (error instanceof NotAllowed) askForToken(error.message);
    else say(error instanceof Refused ? `Refused: ${error.message}` : error.message, true);
  }
  await poll();
}

function askForToken(why) {
  const dialog = byId("token");
  if (dialog.open) return;
  setText(byId("token-why"), kept.get() ? `It does not take the one that this page has: ${why}` : why);
  dialog.showModal();
}

byId("token").addEventListener("close", () => {
  const text = byId("token-text").value.trim();
  byId("token-text").value = "";
  if (text) kept.set(text);
  poll();
});
