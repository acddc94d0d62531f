// What the page asks of the server. Each function yields the answer's body or throws a Refusal.

/** `code` is the server's own, or "network", "cookies_dropped"; `wait` is in seconds, where the server named a time. */
export class Refusal extends Error {
  constructor(code, status, wait) {
    super(code);
    Object.assign(this, { code, status, wait });
  }
}

const patience = 20_000; // milliseconds
let serverAhead = 0; // seconds

/** The server's time in seconds: the machine's own clock may be wrong. */
export const now = () => Date.now() / 1000 + serverAhead;

/** A cookie under whatever prefix the server gives it; the one that only the server can have set comes first. */
function cookie(name) {
  const jar = new Map(document.cookie.split("; ").map((pair) => pair.split(/=(.*)/, 2)));
  return jar.get(`__Host-${name}`) ?? jar.get(`__Secure-${name}`) ?? jar.get(name);
}

const accessCsrf = () => cookie("csrf_access_token");
const refreshCsrf = () => cookie("csrf_refresh_token");

/** Whether there may be a session: each token has a cookie beside it that scripts may read and that lives as long. */
export const mayBeLoggedIn = () => Boolean(accessCsrf() ?? refreshCsrf());

async function ask(method, path, { csrf, body } = {}) {
  const headers = {
    ...(csrf && { "X-CSRF-TOKEN": csrf }),
    ...(body && { "Content-Type": "application/json" }),
  };
  const response = await send(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer) return answer;
  throw new Refusal(answer?.error, response.status, Number(response.headers.get("Retry-After")));
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

export async function logIn(username, password) {
  await ask("POST", "/login", { body: { username, password } });
  if (!mayBeLoggedIn()) throw new Refusal("cookies_dropped", 200);
}

export const logOut = () => ask("POST", "/logout", { csrf: refreshCsrf() ?? accessCsrf() });
export const callProtected = () => withAccess(() => ask("GET", "/protected"));

/** Rotates the refresh token; one tab at a time, so that they do not race for it. */
export const refresh = () => navigator.locks?.request("jwtgate refresh", rotate) ?? rotate();

async function rotate() {
  try {
    return await ask("POST", "/refresh", { csrf: refreshCsrf() });
  } catch (refusal) {
    if (refusal.status === 401) await logOut().catch(() => {}); // a dead token: let its cookies go
    throw refusal;
  }
}

/** The session and its token. A call within the refresh window renews the token, so the second answer has the new one. */
export async function me() {
  const first = await withAccess(() => ask("GET", "/me"));
  const due = first.refresh_at !== null && now() >= first.refresh_at;
  return due ? ask("GET", "/me") : first;
}

/** Asks with a live access token: one is fetched first when there is none, and once more when it does not count. */
async function withAccess(question) {
  if (!mayBeLoggedIn()) throw new Refusal("token_missing", 401);
  if (!accessCsrf()) await refresh();
  try {
    return await question();
  } catch (refusal) {
    if (refusal.status !== 401 || !refreshCsrf()) throw refusal;
    await refresh();
    return question();
  }
}
