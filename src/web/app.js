import { Refusal, callProtected, logIn, logOut, mayBeLoggedIn, me, now, refresh } from "/client.js";
import { briefly, clock, distance, explain, language, moment, otherLanguage, switchLanguage, texts } from "/texts.js";

const timeClaims = new Set(["iat", "nbf", "exp", "sxp"]);
const element = (id) => document.getElementById(id);

let session; // what /me said; undefined while logged out
let message; // { place, words }: words is a function, so that the message follows the language
let busy = false;

// Messages

function say(place, words) {
  message = { place, words };
  showMessage();
}

function showMessage() {
  for (const place of ["alarm", "news"]) {
    const spoken = message?.place === place ? [node("p", message.words())] : [];
    element(place).replaceChildren(...spoken);
  }
}

// What is on the page

function node(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** A point in time that says how far away it is; `tick` keeps that right. */
function time(seconds) {
  const made = node("time", timeInWords(seconds));
  made.dateTime = new Date(seconds * 1000).toISOString();
  return made;
}

const timeInWords = (seconds) => `${moment(seconds)} (${distance(seconds - now())})`;

function field(name, ...children) {
  document.querySelector(`[data-field="${name}"]`).replaceChildren(...children);
}

function claimRow([name, value]) {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  const said = node("dd", node("code", shown));
  if (timeClaims.has(name)) said.append(time(value));
  return node("div", node("dt", node("code", name), node("span", texts().claim[name] ?? "")), said);
}

function showTexts() {
  document.documentElement.lang = language();
  for (const label of document.querySelectorAll("[data-text]")) label.textContent = texts()[label.dataset.text];
  Object.assign(element("language"), otherLanguage());
}

function showSession() {
  field("username", session.username);
  field("roles", session.roles.join(", ") || texts().none);
  field("created", time(session.session.created));
  field("ends", time(session.session.expires));
  field("header", ...Object.entries(session.token.header).map(claimRow));
  field("claims", ...Object.entries(session.token.claims).map(claimRow));
  tick();
}

function show() {
  showTexts();
  showMessage();
  element("signed-out").hidden = Boolean(session);
  element("signed-in").hidden = !session;
  if (session) showSession();
}

/** Leaves nothing of the session in the document, hidden or not. */
function forget() {
  session = undefined;
  message = undefined;
  element("answer").hidden = true;
  for (const shown of document.querySelectorAll("[data-field]")) shown.replaceChildren();
}

function leave() {
  forget();
  show();
  element("username").focus();
}

// The countdown

function setText(id, text) {
  if (element(id).textContent !== text) element(id).textContent = text;
}

function tick() {
  if (!session) return;
  const { expires, refresh_at: renewal } = session;
  setText("left", clock(secondsUntil(expires)));
  setText("renewal", renewal === null ? texts().never : clock(secondsUntil(renewal)));
  setText("outlook", outlook(expires, renewal));
  drawLife(session.token.claims.iat, renewal ?? expires, expires);
  for (const shown of document.querySelectorAll("time")) {
    const words = timeInWords(Date.parse(shown.dateTime) / 1000);
    if (shown.textContent !== words) shown.textContent = words;
  }
}

const secondsUntil = (when) => Math.max(0, Math.ceil(when - now()));

function outlook(expires, renewal) {
  if (now() >= expires) return texts().expired;
  if (renewal === null) return texts().renewNever;
  return now() >= renewal ? texts().renewNow : texts().renewLater(briefly(renewal));
}

function drawLife(issued, renewal, expires) {
  const percent = (when) => Math.min(100, Math.max(0, ((when - issued) / (expires - issued)) * 100));
  const draw = (part, from, to) => {
    const bar = document.querySelector(`#life .${part}`);
    bar.setAttribute("x", from);
    bar.setAttribute("width", to - from);
  };
  draw("window", percent(renewal), 100);
  draw("spent", 0, percent(now()));
}

// What the user does

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
  }
}

function refused(refusal) {
  if (session && refusal.status === 401) leave();
  say("alarm", () => explain(refusal));
}

async function load() {
  session = await me();
  show();
}

const submitLogin = () => run(async () => {
  const { username, password } = element("login").elements;
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

const submitProtected = () => run(async () => {
  const before = session.token.claims.jti;
  const answer = await callProtected();
  await load();
  field("answer", JSON.stringify(answer, null, 2));
  element("answer").hidden = false;
  const until = session.expires;
  const renewed = session.token.claims.jti !== before;
  say("news", () => (renewed ? texts().renewed(briefly(until)) : texts().answered));
});

const submitRefresh = () => run(async () => {
  await refresh();
  await load();
  const until = session.expires;
  say("news", () => texts().refreshed(briefly(until)));
});

const submitLogout = () => run(async () => {
  try {
    await logOut();
  } finally {
    if (!mayBeLoggedIn()) leave();
  }
  say("news", () => texts().loggedOut);
});

/** On load, and when the browser brings back a page that it had kept. */
const start = () => run(async () => {
  forget();
  element("signed-in").hidden = true;
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
element("protected").addEventListener("click", submitProtected);
element("refresh").addEventListener("click", submitRefresh);
element("logout").addEventListener("click", submitLogout);
element("language").addEventListener("click", () => {
  switchLanguage();
  show();
});
window.addEventListener("pageshow", (event) => event.persisted && start());
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !session || mayBeLoggedIn()) return;
  leave();
  say("news", () => texts().loggedOutElsewhere);
});

setInterval(tick, 500);
start();
