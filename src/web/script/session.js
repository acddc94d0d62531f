// The session that the page shows, and what is done with it: one thing at a time.
import { Refusal, me } from "./client.js";
import { explain, forgetMessage, hush, say, settleMessage } from "./messages.js";
import { element, forgetSession, show } from "./view.js";

const pause = 5_000; // milliseconds

let session; // what /me said; undefined while logged out
let running; // settles when what is being done has ended; undefined while nothing is
let nextTry; // set while the page waits for the server's clock

export const current = () => session;

export function leave() {
  forget();
  hush();
  show();
  element("username").focus();
}

export function forget() {
  session = undefined;
  forgetSession();
}

export async function load() {
  session = await me();
  show(session);
}

/**
 * Does nothing while something else is being done. A refusal becomes a message in `place`, anything else is a fault of the
 * page and is not hidden. Yields whether `work` was done to its end.
 */
async function run(work, place = "fault") {
  if (running) return false;
  running = perform(work, place);
  document.body.setAttribute("aria-busy", "true");
  try {
    return await running;
  } finally {
    running = undefined;
    document.body.removeAttribute("aria-busy");
    settleMessage();
  }
}

async function perform(work, place) {
  try {
    await work();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    refused(refusal, place);
    return false;
  }
}

/** What follows from something that the user did: after whatever is being done now. */
export async function follow(work) {
  while (running) await running.catch(() => {});
  return run(work);
}

/** What a user asks for. */
export const act = (work, place) => () => run(async () => {
  clearTimeout(nextTry);
  nextTry = undefined;
  forgetMessage();
  await work();
}, place);

const aboutThePassword = new Set(["wrong_password", "token_not_fresh"]);

function refused(refusal, place) {
  const tooEarly = refusal.code === "token_not_yet_valid";
  if (session && refusal.status === 401 && !tooEarly && !aboutThePassword.has(refusal.code)) leave();
  if (!tooEarly || !nextTry) complain(refusal, session ? place : "alarm");
  if (tooEarly) nextTry = setTimeout(tryAgain, pause);
}

function complain(refusal, place) {
  say(place, () => explain(refusal));
  if (place !== "fault") element(place).scrollIntoView({ block: "nearest" });
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
