import assert from "node:assert/strict";
import {
  better, change, closeWhileAsked, counted, field, growStale, hold, openAccountOf, passwords, row, rows, settled, toggleAccount,
} from "./support/account.mjs";
import { fillIn, logIn, loggedIn, loggedOut, openDevelopers, press, told } from "./support/browser.mjs";
import { letIn, logInElsewhere } from "./support/elsewhere.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

const bob = { name: "bob", password: "a secret of his own" };

/** In another tab. */
const logInAs = ({ name, password }, context) => context.request.post("/login", { data: { username: name, password } });

const refusedTwice = { complaints: [status(403), status(403)] };

browserTest("a page shown for one user touches nothing of the one who has logged in since", refusedTwice, async ({ page, context, server }) => {
  server.addUser(bob);
  const others = [await logInElsewhere(server), await logInElsewhere(server, "curl/8.5.0", bob)];
  await openAccountOf(page);
  await counted(page, 2);
  await logInAs(bob, context);
  await press(page, "End all others");
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await told(page, "alert", "Refused: the CSRF value does not belong to this session. Reload the page.");
  const answered = page.waitForResponse((response) => response.request().method() === "PUT");
  await change(page, user.password, better);
  assert.equal((await answered).status(), 403);
  for (const other of others) assert.ok(await letIn(server, other));
});

browserTest("keeps nothing of the former user when it comes to show another", {}, async ({ page, context, server }) => {
  server.addUser(bob);
  await openAccountOf(page);
  await openDevelopers(page);
  await field(page, "Current password").fill(user.password);
  await field(page, "New password").fill(better);
  await logInAs(bob, context);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
  await loggedIn(page, bob.name);
  for (const name of ["current", "new"]) assert.equal(await page.locator(`#${name}-password`).inputValue(), "");
  assert.equal(await rows(page).count(), 0);
});

browserTest("does for nobody else what was asked for by the one who was shown", {}, async ({ page, context, server }) => {
  server.addUser(bob);
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await openDevelopers(page);
  const held = hold(page, "/protected");
  await logInAs(bob, context);
  await press(page, "Call /protected");
  const route = await held;
  await row(page, "curl").getByRole("button").click();
  await route.continue();
  await loggedIn(page, bob.name);
  await settled(page);
  assert.ok(await letIn(server, other));
});

browserTest("a list that comes after the view was closed is not kept for the next user", {}, async ({ page, server }) => {
  server.addUser(bob);
  await logIn(page);
  await loggedIn(page);
  const held = hold(page, "/sessions");
  await toggleAccount(page);
  const route = await held;
  await toggleAccount(page);
  await route.continue();
  await settled(page);
  await press(page, "Log out");
  await loggedOut(page);
  await fillIn(page, bob.password, bob.name);
  await loggedIn(page, bob.name);
  await press(page, "한국어");
  assert.equal(await rows(page).count(), 0);
});

browserTest("a list that comes after a logout in another tab disturbs nothing", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  const held = hold(page, "/sessions");
  await toggleAccount(page);
  const route = await held;
  await context.clearCookies();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await loggedOut(page);
  await route.fulfill({ json: { sessions: [{ id: "one", current: true, address: "127.0.0.1", user_agent: "", created: 1, last_used: 1 }] } });
  await settled(page);
  await told(page, "status", "You were logged out in another tab.");
  assert.equal(await rows(page).count(), 0);
});

const busy = { status: 503, json: { error: "busy" } };

browserTest("a refusal is seen though the view was closed meanwhile", { complaints: [status(503)] }, async ({ page }) => {
  await openAccountOf(page);
  const held = hold(page, "/password");
  await change(page, user.password, better);
  const route = await held;
  await toggleAccount(page);
  await route.fulfill(busy);
  await told(page, "alert", "The server is busy.");
});

browserTest("a refusal is seen though the question was closed meanwhile", { complaints: [status(401), status(503)] }, async ({ page }) => {
  await openAccountOf(page);
  await growStale(page);
  await change(page, user.password, better);
  const route = await closeWhileAsked(page, user.password);
  await route.fulfill(busy);
  await told(page, "alert", "The server is busy.");
});

browserTest("ends a session too that was chosen while the list was on its way", {}, async ({ page, server }) => {
  const others = [await logInElsewhere(server), await logInElsewhere(server, "Wget/1.21.3")];
  await openAccountOf(page);
  const held = hold(page, "/sessions");
  await row(page, "curl").getByRole("button").click();
  const route = await held;
  await row(page, "Wget").getByRole("button").click();
  await route.continue();
  await counted(page, 1);
  for (const other of others) assert.ok(!(await letIn(server, other)));
});

browserTest("changes the password too that was sent while the list was on its way", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  const held = hold(page, "/sessions");
  await toggleAccount(page);
  const route = await held;
  await change(page, user.password, better);
  await route.continue();
  await told(page, "status", "The password was changed.");
});

browserTest("does once what is pressed twice", {}, async ({ page }) => {
  const sent = passwords(page);
  await openAccountOf(page);
  const held = hold(page, "/password");
  await change(page, user.password, better);
  const route = await held;
  await page.locator("#change button.main").click();
  await route.continue();
  await told(page, "status", "The password was changed.");
  await settled(page);
  assert.equal(sent.length, 1);
  assert.equal(await field(page, "New password").getAttribute("aria-invalid"), "false");
});

const revoked = { complaints: [status(401), status(401)] };

browserTest("says that this session has ended when the list that follows tells it", revoked, async ({ page, server }) => {
  await logInElsewhere(server);
  await openAccountOf(page);
  await page.route("/sessions", (route) => route.fulfill({ status: 401, json: { error: "token_revoked" } }));
  await row(page, "curl").getByRole("button").click();
  await told(page, "alert", "The session was ended. Log in again.");
  await loggedOut(page);
});
