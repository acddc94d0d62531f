// What a user does in the account view, and sees of it.
import { logIn, loggedIn, openAccount, openDevelopers, press, told } from "./browser.mjs";

export const better = "a much better secret";

/** Logs in and opens the account view. */
export async function openAccountOf(page) {
  await logIn(page);
  await loggedIn(page);
  await openAccount(page);
}

export const rows = (page) => page.locator("#sessions li");
export const row = (page, words) => rows(page).filter({ hasText: words });
export const field = (page, name) => page.getByLabel(name, { exact: true });
export const focused = (page) => page.evaluate(() => document.activeElement.id);

/** Waits until so many sessions are listed. */
export const counted = (page, count) => page.waitForFunction((n) => document.querySelectorAll("#sessions li").length === n, count);

export async function change(page, current, wanted) {
  await field(page, "Current password").fill(current);
  await field(page, "New password").fill(wanted);
  await page.locator("#change button.main").click();
}

/** As after half an hour: the access token is no longer the one of the login. */
export async function growStale(page) {
  await openDevelopers(page);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
}

/** What is sent to change the password from now on. */
export function passwords(page) {
  const sent = [];
  page.on("request", (request) => request.method() === "PUT" && sent.push(request.postDataJSON()));
  return sent;
}

export const again = (page) => page.getByRole("dialog", { name: "Your password once more" });

/** The next request for `path`, held back until its route lets it go. */
export const hold = (page, path) => new Promise((resolve) => page.route(path, resolve, { times: 1 }));

export const settled = (page) => page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));

/** Answers the question for the password, and closes it before the server has: yields the route of the request. */
export async function closeWhileAsked(page, password) {
  const held = hold(page, "/login");
  await field(page, "Your password").fill(password);
  await page.keyboard.press("Enter");
  const route = await held;
  await page.keyboard.press("Escape");
  await again(page).waitFor({ state: "hidden" });
  return route;
}

export const toggleAccount = (page) => page.locator("#account summary").click();
