// The session that the page shows, and what is done with it: one thing at a time.
import { Refusal, me } from "./client.js";
import { explain, forgetMessage, hush, say, settleMessage } from "./messages.js";
import { element, forgetSession, show } from "./view.js";

const pause = 5_000; // milliseconds

let session; // what /me said; undefined while logged out
let running; // settles when what is being done has ended; undefined while nothing is
let nextTry; // set while the page waits for the server's clock
const goWithIt = []; // what else is forgotten with the session

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
  for (const work of goWithIt) work();
}

/** `work` is done whenever the page forgets its session. */
export const onForget = (work) => goWithIt.push(work);

/** Another tab may have logged in as another user: nothing of the former one stays, least of all a password. */
export async function load() {
  const found = await me();
  if (session && session.username !== found.username) forget();
  session = found;
  show(session);
}

/**
 * After whatever is being done now, if it `isWanted` then. A refusal becomes a message in `place`, anything else is a fault
 * of the page and is not hidden. Yields whether `work` was done to its end.
 */
async function run(work, { place = "fault", isWanted = () => true } = {}) {
  while (running) await running.catch(() => {});
  if (!isWanted()) return false;
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

/** What follows from something that the user did. */
export const follow = (work) => run(work);

/**
 * What a user asks for, of `what`. It waits for its turn, so nothing that is pressed is lost; pressed twice it is done once; and
 * it is not done for another user than the one who was shown.
 */
export function act(work, place) {
  const asked = new Set();
  return async (what) => {
    if (asked.has(what)) return false;
    asked.add(what);
    const asker = session?.username;
    try {
      return await run(() => begin(work, what), { place, isWanted: () => session?.username === asker });
    } finally {
      asked.delete(what);
    }
  };
}

function begin(work, what) {
  clearTimeout(nextTry);
  nextTry = undefined;
  forgetMessage();
  return work(what);
}

const aboutThePassword = new Set(["wrong_password", "token_not_fresh"]);

function refused(refusal, place) {
  const tooEarly = refusal.code === "token_not_yet_valid";
  if (session && refusal.status === 401 && !tooEarly && !aboutThePassword.has(refusal.code)) leave();
  if (!tooEarly || !nextTry) complain(refusal, session || place === "invite-alarm" ? place : "alarm");
  if (tooEarly) nextTry = setTimeout(tryAgain, pause);
}

function complain(refusal, place) {
  const seen = isClosed(place) ? "fault" : place;
  say(seen, () => explain(refusal));
  if (seen !== "fault") element(seen).scrollIntoView({ block: "nearest" });
}

/** The user may have closed what it stands in before the answer came. */
const isClosed = (place) => element(place).closest("details:not([open]), dialog:not([open])");

/** A clock that was set back ends nothing: the token counts again once the clock has caught up. */
const tryAgain = () => run(async () => {
  const formWasShown = !session;
  await load();
  nextTry = undefined;
  hush();
  element("login").reset();
  if (formWasShown) element("who").focus();
}, { isWanted: () => nextTry });
