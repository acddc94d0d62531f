// The page: logging in and out, calls for developers, and what it does by itself.
import { showAccount } from "./account.js";
import { tickAccount } from "./account_view.js";
import { callProtected, logIn, logOut, mayBeLoggedIn, refresh } from "./client.js";
import { isInvited, showInvite } from "./invite.js";
import { recall, remember } from "./memory.js";
import { say, showMessage } from "./messages.js";
import { leadOn, leadOnUnlessSentBack, sayIfRefused } from "./onward.js";
import { act, current, forget, leave, load } from "./session.js";
import { switchLanguage, texts } from "./texts.js";
import { briefly } from "./times.js";
import { addReveal, element, field, hideSecrets, show, tick } from "./view.js";

const submitLogin = act(async () => {
  const { username, password } = element("login").elements;
  hideSecrets();
  try {
    await logIn(username.value.trim(), password.value);
    if (leadOn()) return;
    await load();
  } finally {
    password.value = "";
    if (!current()) password.focus();
  }
  username.value = "";
  say("news", () => texts().loggedIn);
  element("who").focus();
});

const submitProtected = act(async () => {
  const before = current().token.claims.jti;
  const answer = await callProtected();
  await load();
  field("answer", JSON.stringify(answer, null, 2));
  element("answer").hidden = false;
  const until = current().expires;
  const renewed = current().token.claims.jti !== before;
  say("news", () => (renewed ? texts().renewed(briefly(until)) : texts().answered));
});

const submitRefresh = act(async () => {
  await refresh();
  await load();
  const until = current().expires;
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
  forget();
  if (isInvited()) return show();
  try {
    if (mayBeLoggedIn()) await load();
  } finally {
    if (!current()) leave();
  }
  if (current()) leadOnUnlessSentBack();
  else sayIfRefused();
});

element("login").addEventListener("submit", (event) => {
  event.preventDefault();
  submitLogin();
});
for (const secret of document.querySelectorAll(".secret")) addReveal(secret);
element("protected").addEventListener("click", () => submitProtected());
element("refresh").addEventListener("click", () => submitRefresh());
element("logout").addEventListener("click", () => submitLogout());
element("language").addEventListener("click", () => {
  switchLanguage();
  show(current());
  showAccount();
  showInvite();
  showMessage();
});
element("developers").addEventListener("toggle", (event) => remember("developers", event.target.open ? "open" : "closed"));
window.addEventListener("hashchange", () => start());
window.addEventListener("pageshow", (event) => event.persisted && start());
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !current() || mayBeLoggedIn()) return;
  leave();
  say("news", () => texts().loggedOutElsewhere);
});

element("developers").open = recall("developers") === "open";
setInterval(() => {
  if (!current()) return;
  tick(current());
  tickAccount();
}, 500);
start();
