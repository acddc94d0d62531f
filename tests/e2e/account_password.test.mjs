import assert from "node:assert/strict";
import { again, better, change, closeWhileAsked, counted, field, focused, growStale, openAccountOf, passwords, row, rows, settled } from "./support/account.mjs";
import { cookies, fillIn, loggedIn, loggedOut, told } from "./support/browser.mjs";
import { letIn, logInElsewhere } from "./support/elsewhere.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

browserTest("changes the password, which ends the other sessions", {}, async ({ page, server }) => {
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await counted(page, 2);
  await change(page, user.password, better);
  await told(page, "status", "The password was changed. Your other sessions have ended.");
  await counted(page, 1);
  assert.equal(await letIn(server, other), false);
  assert.equal((await logInElsewhere(server)).status, 401);
  assert.equal((await logInElsewhere(server, "curl/8.5.0", { ...user, password: better })).status, 200);
  for (const name of ["Current password", "New password"]) assert.equal(await field(page, name).inputValue(), "");
  assert.equal(await focused(page), "change-title");
  await page.reload();
  await loggedIn(page);
});

const weak = [
  ["short77", "Too short: it needs at least 9 characters."],
  ["\u0065\u0301".repeat(8), "Too short: it needs at least 9 characters."],
  ["😀".repeat(8), "Too short: it needs at least 9 characters."],
  ["x".repeat(129), "Too long: it may have 128 characters."],
  ["nine\u0085nine", "It has a control character in it."],
  [user.password, "This is your current password."],
];

browserTest("says what makes a password weak before it is sent", { serve: { options: ["--password-min-length", "9"] } }, async ({ page }) => {
  const sent = passwords(page);
  await openAccountOf(page);
  await page.locator("#account").getByText("At least 9 characters, and none of the commonest passwords.").waitFor();
  for (const [password, words] of weak) {
    await field(page, "Current password").fill(user.password);
    await field(page, "New password").fill(password);
    await page.locator("#weakness").getByText(words).waitFor();
    await page.keyboard.press("Enter");
    assert.equal(await field(page, "New password").getAttribute("aria-invalid"), "true", words);
    assert.equal(await focused(page), "new-password");
    await field(page, "New password").fill(better);
    await page.locator("#weakness").getByText("At least 9 characters").waitFor();
    assert.equal(await field(page, "New password").getAttribute("aria-invalid"), "false");
  }
  assert.deepEqual(sent, []);
});

browserTest("what passes the page's rules passes the server's", {}, async ({ page }) => {
  await openAccountOf(page);
  await change(page, user.password, "😀".repeat(128));
  await told(page, "status", "The password was changed.");
});

browserTest("shows why the server finds a password weak", { complaints: [status(422)] }, async ({ page, server }) => {
  await openAccountOf(page);
  await change(page, user.password, "password1");
  await told(page, "alert", "This password is among the commonest");
  await loggedIn(page);
  assert.equal((await logInElsewhere(server)).status, 200);
});

browserTest("says that the current password is wrong, and stays logged in", { complaints: [status(401)] }, async ({ page }) => {
  const sent = passwords(page);
  await openAccountOf(page);
  await change(page, "a wrong password", better);
  await told(page, "alert", "The current password is wrong.");
  await loggedIn(page);
  assert.equal(await focused(page), "current-password");
  assert.equal(sent.length, 1);
});

const limited = { serve: { options: ["--login-failures", "1"] }, complaints: [status(401), status(429)] };

browserTest("says for how long there were too many wrong passwords", limited, async ({ page }) => {
  await openAccountOf(page);
  await change(page, "a wrong password", better);
  await told(page, "alert", "The current password is wrong.");
  await change(page, user.password, better);
  await told(page, "alert", /^Too many failed logins\. Try again in 1[45] minutes\.$/);
  await loggedIn(page);
});

browserTest("asks for the password again when the token is not fresh, then goes on by itself", { complaints: [status(401)] }, async ({ page, server }) => {
  await openAccountOf(page);
  await growStale(page);
  await change(page, user.password, better);
  await again(page).waitFor();
  await field(page, "Your password").fill(user.password);
  await page.keyboard.press("Enter");
  await told(page, "status", "The password was changed.");
  await again(page).waitFor({ state: "hidden" });
  await counted(page, 1);
  assert.equal((await logInElsewhere(server, "curl/8.5.0", { ...user, password: better })).status, 200);
});

browserTest("a session that was replaced by giving the password again ends, and no other", { complaints: [status(401), status(422)] }, async ({ page, context, server }) => {
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await growStale(page);
  await change(page, user.password, "password1");
  await field(page, "Your password").fill(user.password);
  await page.keyboard.press("Enter");
  await told(page, "alert", "This password is among the commonest");
  const { sessions } = await (await context.request.get("/sessions")).json();
  assert.deepEqual(sessions.map(({ current }) => current), [true, false]);
  assert.equal(await rows(page).count(), 2);
  await row(page, "this session").waitFor();
  assert.ok(await letIn(server, other));
});

const twice = { complaints: [status(401), status(401), status(401)] };

browserTest("keeps what was typed when the password is wrong there, or not given", twice, async ({ page, server }) => {
  const sent = passwords(page);
  await openAccountOf(page);
  await growStale(page);
  await change(page, user.password, better);
  await field(page, "Your password").fill("a wrong password");
  await page.keyboard.press("Enter");
  await told(again(page), "alert", "The current password is wrong.");
  await page.keyboard.press("Escape");
  await again(page).waitFor({ state: "hidden" });
  assert.equal(await field(page, "Current password").inputValue(), user.password);
  assert.equal(await field(page, "New password").inputValue(), better);
  assert.equal((await logInElsewhere(server)).status, 200);
  await page.locator("#change button.main").click();
  await again(page).waitFor();
  assert.equal(await field(page, "Your password").inputValue(), "");
  assert.equal(await again(page).getByRole("alert").innerText(), "");
  assert.equal(sent.length, 2);
});

browserTest("changes nothing for whoever closes that question while it is answered", { complaints: [status(401)] }, async ({ page, server }) => {
  const sent = passwords(page);
  await openAccountOf(page);
  await growStale(page);
  await change(page, user.password, better);
  const route = await closeWhileAsked(page, user.password);
  await route.continue();
  await settled(page);
  assert.equal((await logInElsewhere(server)).status, 200);
  assert.equal(sent.length, 1);
});

const endedElsewhere = { complaints: [status(401), status(401)] };

browserTest("says that this session was ended elsewhere, and deletes nothing by itself", endedElsewhere, async ({ page, context }) => {
  await openAccountOf(page);
  const kept = await context.cookies();
  await context.request.get("/logout");
  await context.addCookies(kept);
  const before = await cookies(context);
  await change(page, user.password, better);
  await told(page, "alert", "The session was ended. Log in again.");
  await loggedOut(page);
  assert.deepEqual(await cookies(context), before);
  assert.equal(await page.locator("#new-password").inputValue(), "");
  await fillIn(page);
  await loggedIn(page);
  assert.equal(await page.locator("#account").getAttribute("open"), null);
});

browserTest("shows passwords that were typed, each by a button of its own", {}, async ({ page }) => {
  await openAccountOf(page);
  const types = () => page.locator("#change .secret input").evaluateAll((fields) => fields.map(({ type }) => type));
  await page.locator("#change .reveal").nth(1).click();
  assert.deepEqual(await types(), ["password", "text"]);
  await page.locator("#change .reveal").nth(0).click();
  assert.deepEqual(await types(), ["text", "text"]);
  await change(page, user.password, better);
  await told(page, "status", "The password was changed.");
  assert.deepEqual(await types(), ["password", "password"]);
  await page.locator("#change .reveal").nth(1).click();
  await page.locator("#logout").click();
  await loggedOut(page);
  assert.deepEqual(await types(), ["password", "password"]);
});
