// A user on other devices, which keep no cookies.
import { user } from "./server.mjs";

/** Logs in on a device that calls itself `agent`; yields the status and what it goes on with. */
export async function logInElsewhere(server, agent = "curl/8.5.0", who = user) {
  const headers = { "Content-Type": "application/json", "User-Agent": agent };
  const body = JSON.stringify({ username: who.name, password: who.password });
  const answer = await fetch(`${server.url}/token`, { method: "POST", headers, body });
  return { status: answer.status, token: (await answer.json()).access_token };
}

/** Whether that device's token counts still. */
export async function letIn(server, { token }) {
  const { status } = await fetch(`${server.url}/protected`, { headers: { Authorization: `Bearer ${token}` } });
  return status === 200;
}
