// What the page shows of a session.
import { now } from "./client.js";
import { siteName } from "./site.js";
import { language, otherLanguage, texts } from "./texts.js";
import { briefly, clock, distance, minute, moment } from "./times.js";

const timeClaims = new Set(["iat", "nbf", "exp", "sxp"]);

export const element = (id) => document.getElementById(id);

export function node(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

export function time(seconds, words) {
  const made = node("time", words);
  made.dateTime = new Date(seconds * 1000).toISOString();
  return made;
}

/** Says how far away it is too; `tick` keeps that right. */
const timeInWords = (seconds) => `${moment(seconds)} (${distance(seconds - now())})`;

export function field(name, ...children) {
  document.querySelector(`[data-field="${name}"]`).replaceChildren(...children);
}

function claimRow([name, value]) {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  const said = node("dd", node("code", shown));
  if (timeClaims.has(name)) said.append(time(value, timeInWords(value)));
  return node("div", node("dt", node("code", name), node("span", texts().claim[name] ?? "")), said);
}

function showTexts(session) {
  document.documentElement.lang = language();
  document.title = `${session ? texts().titleLoggedIn : texts().logIn} · ${siteName}`;
  for (const label of document.querySelectorAll("[data-text]")) label.textContent = texts()[label.dataset.text];
  Object.assign(element("language"), otherLanguage(), { inert: false });
}

/** The whole page, in its language: a session, or without one the form. */
export function show(session) {
  showTexts(session);
  const isInvited = !element("invited").hidden;
  element("signed-out").hidden = isInvited || Boolean(session);
  element("signed-in").hidden = isInvited || !session;
  if (session) showSession(session);
}

function showSession(session) {
  field("initial", [...session.username][0].toUpperCase());
  field("username", session.username);
  field("roles", session.roles.join(", ") || texts().none);
  field("created", time(session.session.created, minute(session.session.created)));
  field("ends", time(session.session.expires, minute(session.session.expires)));
  for (const name of userNames()) name.defaultValue = session.username;
  field("header", ...Object.entries(session.token.header).map(claimRow));
  field("claims", ...Object.entries(session.token.claims).map(claimRow));
  tick(session);
}

/** Fields that tell a password manager whose password is asked for. */
const userNames = () => element("signed-in").querySelectorAll('[autocomplete="username"]');

/** Leaves nothing of a session in the document, hidden or not. */
export function forgetSession() {
  element("signed-in").hidden = true;
  element("answer").hidden = true;
  element("account").open = false;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  for (const name of userNames()) name.defaultValue = "";
  for (const form of element("signed-in").querySelectorAll("form")) form.reset();
  hideSecrets();
  for (const shown of document.querySelectorAll("[data-field]")) shown.replaceChildren();
}

// Passwords

const secretOf = (button) => element(button.getAttribute("aria-controls"));

function showSecret(button, shown) {
  secretOf(button).type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", shown);
}

/** Puts a button beside a password that shows it, and hides it again. */
export function addReveal(secret) {
  const button = element("reveal").content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-controls", secret.querySelector("input").id);
  button.addEventListener("click", () => showSecret(button, secretOf(button).type === "password"));
  secret.append(button);
}

export function hideSecrets() {
  for (const button of document.querySelectorAll(".reveal")) showSecret(button, false);
}

// The countdown

function setText(id, text) {
  if (element(id).textContent !== text) element(id).textContent = text;
}

export function tick({ token, expires, refresh_at: renewal }) {
  setText("left", clock(secondsUntil(expires)));
  setText("renewal", renewal === null ? texts().never : clock(secondsUntil(renewal)));
  setText("outlook", outlook(expires, renewal));
  drawLife(token.claims.iat, renewal ?? expires, expires);
  for (const shown of document.querySelectorAll(".claims time")) {
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
