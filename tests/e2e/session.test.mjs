import assert from "node:assert/strict";
import { cookies, fillIn, logIn, loggedIn, loggedOut, openDevelopers, press, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

const claim = (page, name) =>
  page.locator(".claims > div").filter({ has: page.locator("dt code").getByText(name, { exact: true }) }).locator("dd code").innerText();

async function holdsNothing(page) {
  const held = await page.evaluate(() => document.body.textContent);
  for (const secret of [user.name, "HS256"]) assert.ok(!held.includes(secret), `the page still holds ${secret}`);
}

browserTest("calls /protected and shows its answer", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  await press(page, "Call /protected");
  await told(page, "status", "The token was accepted.");
  assert.deepEqual(JSON.parse(await page.locator("pre").innerText()), { logged_in_as: user.name });
});

browserTest("shows the decoded token", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  assert.equal(await claim(page, "alg"), "HS256");
  assert.equal(await claim(page, "sub"), user.name);
  assert.equal(await claim(page, "type"), "access");
  assert.equal(await claim(page, "fresh"), "true");
  assert.equal(await claim(page, "roles"), JSON.stringify(user.roles));
  assert.ok((await page.locator(".claims").allInnerTexts()).join().includes("in 1 hour"));
});

browserTest("counts down to the expiry and to the implicit refresh", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  for (const [name, minutes] of [["Expires in", 59], ["Implicit refresh in", 29]]) {
    const left = page.getByRole("timer", { name });
    await left.filter({ hasText: new RegExp(`^${minutes}:5[0-9]$`) }).waitFor();
    const before = await left.innerText();
    await page.waitForFunction(([id, text]) => document.getElementById(id).textContent < text, [await left.getAttribute("id"), before]);
  }
});

browserTest("asks nothing of the server while it counts", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("timer", { name: "Expires in" }).filter({ hasText: "59:57" }).waitFor();
  assert.deepEqual(asked, []);
});

browserTest("rotates the tokens when asked to refresh", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const before = await cookies(context);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed. The new access token is valid until");
  const after = await cookies(context);
  for (const name of ["access_token_cookie", "refresh_token_cookie"]) assert.notEqual(after[name], before[name]);
  for (const name of ["csrf_access_token", "csrf_refresh_token"]) assert.equal(after[name], before[name]);
  assert.equal(await claim(page, "fresh"), "false");
});

const shortWindow = { options: ["--access-ttl", "33s", "--refresh-window", "30s"] };

browserTest("shows an implicit refresh", { serve: shortWindow }, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const before = await cookies(context);
  const jti = await claim(page, "jti");
  await page.getByText("The next call renews the token.").waitFor();
  await press(page, "Call /protected");
  await told(page, "status", "The access token was renewed on the way.");
  assert.notEqual(await claim(page, "jti"), jti);
  const after = await cookies(context);
  assert.notEqual(after.access_token_cookie, before.access_token_cookie);
  assert.equal(after.refresh_token_cookie, before.refresh_token_cookie);
});

const shortLife = { options: ["--access-ttl", "2s", "--refresh-window", "0s"] };

browserTest("replaces an expired token at the next call", { serve: shortLife }, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  await page.getByText("Calls do not renew this token").waitFor();
  await page.getByText("It has expired.").waitFor();
  await page.waitForFunction(() => !document.cookie.includes("csrf_access_token"));
  await press(page, "Call /protected");
  await told(page, "status", "The access token was renewed on the way.");
});

browserTest("goes on after a reload", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  const before = await cookies(context);
  await page.reload();
  await loggedIn(page);
  assert.deepEqual(await cookies(context), before);
});

browserTest("goes on with the refresh cookie alone", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await context.clearCookies({ name: /access/ });
  await page.reload();
  await loggedIn(page);
  assert.ok("access_token_cookie" in (await cookies(context)));
});

browserTest("goes all the way with the prefixed names of secure cookies", { serve: { secureCookies: true } }, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  assert.ok("__Host-csrf_refresh_token" in (await cookies(context)));
  await context.clearCookies({ name: /access/ });
  await page.reload();
  await loggedIn(page);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
  await press(page, "Log out");
  await told(page, "status", "You are logged out.");
});

browserTest("logs out for good", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  const kept = await context.cookies();
  await press(page, "Log out");
  await loggedOut(page);
  await told(page, "status", "You are logged out.");
  await holdsNothing(page);
  assert.deepEqual(Object.keys(await cookies(context)).filter((name) => name !== "login_device"), []);
  await page.goto("about:blank");
  await page.goBack();
  await loggedOut(page);
  await holdsNothing(page);
  await context.addCookies(kept);
  assert.equal((await context.request.get("/protected")).status(), 401);
});

browserTest("shows nothing of an ended session when the browser goes back", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goBack();
  await loggedOut(page);
  await holdsNothing(page);
});

browserTest("shows nothing of an ended session when the browser brings the page back from memory", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await context.clearCookies();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await loggedOut(page);
  await holdsNothing(page);
});

browserTest("follows a logout in another tab when it is looked at again", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await context.clearCookies();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await told(page, "status", "You were logged out in another tab.");
  await loggedOut(page);
  await holdsNothing(page);
});

const ended = { complaints: [status(401), status(401)] };

browserTest("says that the session was ended elsewhere, and deletes nothing by itself", ended, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const kept = await context.cookies();
  await context.request.get("/logout");
  await context.addCookies(kept);
  const before = await cookies(context);
  await press(page, "Call /protected");
  await told(page, "alert", "The session was ended. Log in again.");
  await loggedOut(page);
  await holdsNothing(page);
  assert.deepEqual(await cookies(context), before);
  await fillIn(page);
  await loggedIn(page);
});

browserTest("asks for a login when the cookies are gone", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  await context.clearCookies();
  await press(page, "Call /protected");
  await told(page, "alert", "There is no token. Log in.");
  await loggedOut(page);
});

browserTest("two tabs refresh at once and both stay logged in", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const other = await context.newPage();
  await other.goto("/");
  await loggedIn(other);
  await Promise.all([page, other].map((tab) => press(tab, "Refresh")));
  for (const tab of [page, other]) await told(tab, "status", "Refreshed.");
});

const refusals = [
  [401, "token_missing"], [401, "token_malformed"], [401, "token_signature"], [401, "token_expired"], [401, "token_not_yet_valid"],
  [401, "token_revoked"], [401, "token_type"], [403, "csrf"], [403, "cross_site"], [429, "too_many_failures"], [503, "busy"], [502, undefined],
];

for (const [code, error] of refusals) {
  browserTest(`ends nothing when its refresh is refused with ${code} ${error}`, { complaints: [status(code)] }, async ({ page, context }) => {
    await logIn(page);
    await loggedIn(page);
    await context.clearCookies({ name: /access/ });
    const before = await cookies(context);
    const posts = [];
    page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
    await page.route("/refresh", (route) => route.fulfill({ status: code, body: error ? JSON.stringify({ error }) : "<html>" }));
    await page.reload();
    await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
    await loggedOut(page);
    assert.deepEqual(posts, ["/refresh"]);
    assert.deepEqual(await cookies(context), before);
    await page.unrouteAll();
    await page.reload();
    await loggedIn(page);
  });
}

/** The server refuses every token as one of the future, until the returned function is called. */
async function setClockBack(page) {
  const paths = /\/(me|protected|refresh)$/;
  await page.route(paths, (route) => route.fulfill({ status: 401, json: { error: "token_not_yet_valid" } }));
  return () => page.unroute(paths);
}

const clockWords = "The clock of the server was set back: your session is not valid yet.";

browserTest("comes back by itself after the server's clock was set back", { complaints: [status(401), status(401)] }, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  const clockIsRight = await setClockBack(page);
  await page.reload();
  await told(page, "alert", clockWords);
  await loggedOut(page);
  await clockIsRight();
  await loggedIn(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "who");
  assert.equal(await page.getByRole("alert").filter({ hasText: /./ }).count(), 0);
});

browserTest("stays logged in while the server's clock is set back", { complaints: Array(4).fill(status(401)) }, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const clockIsRight = await setClockBack(page);
  await press(page, "Call /protected");
  await told(page, "alert", clockWords);
  await page.waitForResponse((response) => response.url().endsWith("/refresh"));
  await told(page, "alert", clockWords);
  await loggedIn(page);
  await clockIsRight();
  await page.getByRole("alert").filter({ hasText: clockWords }).waitFor({ state: "detached" });
  await loggedIn(page);
});
