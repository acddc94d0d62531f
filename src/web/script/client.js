// What the page asks of the server, by addresses relative to its own: a proxy may serve it under a path.
// Each function yields the answer's body or throws a Refusal.

import { cookieFault } from "./site.js";

/**
 * `code` is the server's own, or "network", "wrong_password", "invite_over", one of cookieFault; `said` are the server's words, `wait` is in
 * seconds, where it named a time.
 */
export class Refusal extends Error {
  constructor(code, status, { said, wait } = {}) {
    super(code);
    Object.assign(this, { code, status, said, wait });
  }
}

const patience = 20_000; // milliseconds
let serverAhead = 0; // seconds

/** The server's time in seconds: the machine's own clock may be wrong. */
export const now = () => Date.now() / 1000 + serverAhead;

/** The values of a cookie, the youngest first: one of another domain may stand beside the one that counts. */
function cookies(name) {
  const start = `${name}=`;
  const pairs = document.cookie.split("; ").filter((pair) => pair.startsWith(start));
  return pairs.map((pair) => pair.slice(start.length)).reverse();
}

/** The server says what it calls its cookies: one of another name may belong to other options, or to another server. */
const nameOf = (cookie) => document.querySelector(`meta[name="${cookie}"]`).content;
const accessCsrf = () => cookies(nameOf("csrf-access-cookie"));
const refreshCsrf = () => cookies(nameOf("csrf-refresh-cookie"));

/** Whether there may be a session: each token has a cookie beside it that scripts may read and that lives as long. */
export const mayBeLoggedIn = () => accessCsrf().length + refreshCsrf().length > 0;

async function ask(method, path, { csrf, body } = {}) {
  const headers = {
    ...(csrf && { "X-CSRF-TOKEN": csrf }),
    ...(body && { "Content-Type": "application/json" }),
  };
  const response = await send(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json().catch(() => undefined);
  if (response.ok && (answer || response.status === 204)) return answer;
  throw new Refusal(answer?.error, response.status, { said: answer?.msg, wait: Number(response.headers.get("Retry-After")) });
}

/** An unsafe request with the CSRF value of a cookie; with the next one where that is not the token's. */
async function change(method, path, { csrf: [csrf, ...others], body }) {
  try {
    return await ask(method, path, { csrf, body });
  } catch (refusal) {
    if (refusal.code !== "csrf" || others.length === 0) throw refusal;
    return change(method, path, { csrf: others, body });
  }
}

async function send(path, request) {
  try {
    const response = await fetch(path, { ...request, cache: "no-store", signal: AbortSignal.timeout(patience) });
    const date = Date.parse(response.headers.get("Date"));
    if (date) serverAhead = (date - Date.now()) / 1000;
    return response;
  } catch {
    throw new Refusal("network", 0);
  }
}

/** Sets the first password of whoever was sent this invite. */
export async function acceptInvite(invite, wanted) {
  try {
    await ask("POST", "invite", { body: { invite, new: wanted } });
  } catch (refusal) {
    if (refusal.code !== "bad_credentials") throw refusal;
    throw new Refusal("invite_over", refusal.status);
  }
}

export async function logIn(username, password) {
  const before = String(refreshCsrf());
  await ask("POST", "login", { body: { username, password } });
  if (String(refreshCsrf()) === before) throw new Refusal(cookieFault(), 200);
}

export const logOut = () => change("POST", "logout", { csrf: [...refreshCsrf(), ...accessCsrf()] });
export const callProtected = () => withAccess(() => ask("GET", "protected"));

/** Rotates the refresh token; one tab at a time, so that they do not race for it. */
export const refresh = () => navigator.locks?.request("jwtgate refresh", rotate) ?? rotate();
const rotate = () => change("POST", "refresh", { csrf: refreshCsrf() });

/** The session and its token. A call within the refresh window renews the token, so the second answer has the new one. */
export async function me() {
  const first = await withAccess(() => ask("GET", "me"));
  const due = first.refresh_at !== null && now() >= first.refresh_at;
  return due ? ask("GET", "me") : first;
}

export const listSessions = async () => (await withAccess(() => ask("GET", "sessions"))).sessions;

// These take the CSRF value of the session that the page shows, not a cookie's: another tab may have logged in as another user
// since, whose sessions and password they must not touch.

export const endSession = (csrf, id) => withAccess(() => ask("DELETE", `sessions/${encodeURIComponent(id)}`, { csrf }));

export const endOtherSessions = (csrf) => withAccess(() => ask("DELETE", "sessions?keep=current", { csrf }));

export const changePassword = (csrf, current, wanted) =>
  sayingWhich(() => withAccess(() => ask("PUT", "password", { csrf, body: { current, new: wanted } })));

/** The same user once more: the page's session gets a fresh token. */
export const logInAgain = (username, password) => sayingWhich(() => logIn(username, password));

/** Who is logged in already can be wrong in the password only. */
async function sayingWhich(question) {
  try {
    return await question();
  } catch (refusal) {
    if (refusal.code !== "bad_credentials") throw refusal;
    throw new Refusal("wrong_password", refusal.status);
  }
}

/** What no new access token changes. */
const aboutThePassword = ({ code }) => code === "bad_credentials" || code === "token_not_fresh";

/** Asks with a live access token: one is fetched first when there is none, and once more when it does not count. */
async function withAccess(question) {
  if (!mayBeLoggedIn()) throw new Refusal("token_missing", 401);
  if (accessCsrf().length === 0) await refresh();
  try {
    return await question();
  } catch (refusal) {
    if (refusal.status !== 401 || aboutThePassword(refusal) || refreshCsrf().length === 0) throw refusal;
    await refresh();
    return question();
  }
}
