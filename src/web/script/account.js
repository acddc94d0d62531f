// What users do with their own sessions and their password.
import { showSessions } from "./account_view.js";
import { Refusal, changePassword, endOtherSessions, endSession, listSessions, logInAgain } from "./client.js";
import { say } from "./messages.js";
import { newPassword } from "./new_password.js";
import { weaknessOf } from "./password_rules.js";
import { act, current, follow, load, onForget } from "./session.js";
import { texts } from "./texts.js";
import { element, hideSecrets } from "./view.js";

let listed = []; // what /sessions said

const { current: currentPassword, new: newInput } = element("change").elements;
const again = element("again");

const csrf = () => current().token.claims.csrf;
const isShown = () => current() && element("account").open;

/** In the language of the page. */
export function showAccount() {
  showSessions(current() ? listed : []);
  wanted.show();
}

/** Another tab may have logged in since: then who one is is asked again too. What comes after the view was closed is not kept. */
async function list() {
  if (!isShown()) return;
  const sessions = await listSessions();
  if (isShown() && sessions.find((session) => session.current)?.id !== current().session.id) await load();
  if (!isShown()) return;
  listed = sessions;
  showAccount();
}

function forgetList() {
  listed = [];
  showAccount();
}

/** Leaves those that live still, and asks for the list again. */
async function listAgain(lives) {
  listed = listed.filter(lives);
  showAccount();
  await besides(list);
}

/** What was done before counts, and is said, though this be refused; but not that this session counts no longer. */
async function besides(work) {
  try {
    await work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.status === 401) throw refusal;
  }
}

const submitEnd = act(async (id) => {
  const outcome = await endOrFindGone(id);
  await listAgain((session) => session.id !== id);
  sayOfSessions(outcome);
});

/** It may have ended while the list was shown. */
async function endOrFindGone(id) {
  try {
    await endSession(csrf(), id);
    return "sessionEnded";
  } catch (refusal) {
    if (refusal.code !== "no_such_session") throw refusal;
    return "sessionWasGone";
  }
}

const submitEndOthers = act(async () => {
  await endOtherSessions(csrf());
  await listAgain((session) => session.current);
  sayOfSessions("othersEnded");
});

/** What was pressed may have gone. */
function sayOfSessions(outcome) {
  say("news", () => texts()[outcome]);
  element("sessions-title").focus();
}

// The password

const wanted = newPassword(newInput, element("weakness"), () =>
  current() && weaknessOf(newInput.value, { current: currentPassword.value, userName: current().username }));

/** Sends nothing that is known to be weak. A token that is not fresh gets a fresh one by `again`, which then goes on here. */
const submitChange = act(async () => {
  hideSecrets();
  if (wanted.refuse()) return;
  try {
    await changePassword(csrf(), currentPassword.value, newInput.value);
  } catch (refusal) {
    if (refusal.code === "token_not_fresh") return again.showModal();
    if (refusal.code === "wrong_password") currentPassword.focus();
    throw refusal;
  }
  element("change").reset();
  await listAgain((session) => session.current);
  say("news", () => texts().passwordChanged);
  element("change-title").focus();
}, "change-alarm");

const logInFresh = act(async () => {
  const { password } = element("again-form").elements;
  const replaced = current().session.id;
  hideSecrets();
  try {
    await logInAgain(current().username, password.value);
    await load();
  } finally {
    password.value = "";
    password.focus();
  }
  await endReplaced(replaced);
}, "again-alarm");

/** Not by the page itself, which revokes nothing: the user has put a new session in the place of this one, which nobody could use. */
async function endReplaced(id) {
  await besides(() => endSession(csrf(), id));
  await listAgain((session) => session.id !== id);
}

/** Whoever has closed the dialog meanwhile does not want to go on. */
async function passAgain() {
  const isFresh = await logInFresh();
  if (!isFresh || !again.open) return;
  again.close();
  await submitChange();
}

function onSubmit(form, work) {
  element(form).addEventListener("submit", (event) => {
    event.preventDefault();
    work();
  });
}

onForget(forgetList);
element("account").addEventListener("toggle", ({ target }) => (target.open ? follow(list) : forgetList()));
element("sessions").addEventListener("click", ({ target }) => {
  if (target.dataset.current) element("logout").click();
  if (target.dataset.id) submitEnd(target.dataset.id);
});
element("end-others").addEventListener("click", () => element("confirm").showModal());
onSubmit("confirm-form", () => {
  element("confirm").close();
  submitEndOthers();
});
onSubmit("change", submitChange);
onSubmit("again-form", passAgain);
again.addEventListener("close", () => element("again-form").reset());
for (const button of document.querySelectorAll("dialog .cancel")) button.addEventListener("click", () => button.closest("dialog").close());
showAccount();
