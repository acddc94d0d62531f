// What the user does, and what the page does by itself.
import { Refusal, callProtected, logIn, logOut, mayBeLoggedIn, me, refresh } from "./client.js";
import { recall, remember } from "./memory.js";
import { forgetMessage, hush, say, settleMessage, showMessage } from "./messages.js";
import { briefly, explain, switchLanguage, texts } from "./texts.js";
import { element, field, forgetSession, show, showPassword, tick } from "./view.js";

const pause = 5_000; // milliseconds

let session; // what /me said; undefined while logged out
let busy = false;
let nextTry; // set while the page waits for the server's clock

function leave() {
  session = undefined;
  forgetSession();
  hush();
  show();
  element("username").focus();
}

async function load() {
  session = await me();
  show(session);
}

/** One thing at a time; a refusal becomes a message, anything else is a fault of the page and is not hidden. */
async function run(work) {
  if (busy) return;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    refused(refusal);
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
    settleMessage();
  }
}

function refused(refusal) {
  const tooEarly = refusal.code === "token_not_yet_valid";
  if (session && refusal.status === 401 && !tooEarly) leave();
  if (!tooEarly || !nextTry) complain(refusal);
  if (tooEarly) nextTry = setTimeout(tryAgain, pause);
}

function complain(refusal) {
  say(session ? "fault" : "alarm", () => explain(refusal));
  element("alarm").scrollIntoView({ block: "nearest" });
}

/** A clock that was set back ends nothing: the token counts again once the clock has caught up. */
const tryAgain = () => run(async () => {
  const formWasShown = !session;
  await load();
  nextTry = undefined;
  hush();
  element("login").reset();
  if (formWasShown) element("who").focus();
});

/** What a user asks for. */
const act = (work) => () => run(async () => {
  clearTimeout(nextTry);
  nextTry = undefined;
  forgetMessage();
  await work();
});

const submitLogin = act(async () => {
  const { username, password } = element("login").elements;
  showPassword(false);
  try {
    await logIn(username.value.trim(), password.value);
    await load();
  } finally {
    password.value = "";
    if (!session) password.focus();
  }
  username.value = "";
  say("news", () => texts().loggedIn);
  element("who").focus();
});

const submitProtected = act(async () => {
  const before = session.token.claims.jti;
  const answer = await callProtected();
  await load();
  field("answer", JSON.stringify(answer, null, 2));
  element("answer").hidden = false;
  const until = session.expires;
  const renewed = session.token.claims.jti !== before;
  say("news", () => (renewed ? texts().renewed(briefly(until)) : texts().answered));
});

const submitRefresh = act(async () => {
  await refresh();
  await load();
  const until = session.expires;
  say("news", () => texts().refreshed(briefly(until)));
});

const submitLogout = act(async () => {
  try {
    await logOut();
  } catch (refusal) {
    if (!mayBeLoggedIn()) leave();
    throw refusal;
  }
  leave();
  say("news", () => texts().loggedOut);
});

/** On load, and when the browser brings back a page that it had kept. */
const start = act(async () => {
  session = undefined;
  forgetSession();
  showPassword(false);
  try {
    if (mayBeLoggedIn()) await load();
  } finally {
    if (!session) leave();
  }
});

element("login").addEventListener("submit", (event) => {
  event.preventDefault();
  submitLogin();
});
element("reveal").addEventListener("click", () => showPassword(element("password").type === "password"));
element("protected").addEventListener("click", submitProtected);
element("refresh").addEventListener("click", submitRefresh);
element("logout").addEventListener("click", submitLogout);
element("language").addEventListener("click", () => {
  switchLanguage();
  show(session);
  showMessage();
});
element("developers").addEventListener("toggle", (event) => remember("developers", event.target.open ? "open" : "closed"));
window.addEventListener("pageshow", (event) => event.persisted && start());
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !session || mayBeLoggedIn()) return;
  leave();
  say("news", () => texts().loggedOutElsewhere);
});

element("developers").open = recall("developers") === "open";
setInterval(() => session && tick(session), 500);
start();
