import assert from "node:assert/strict";
import { cookies, logIn, loggedIn, loggedOut, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.id);

browserTest("asks for nothing but its own files before a login", {}, async ({ page }) => {
  const asked = new Set();
  page.on("request", (request) => asked.add(new URL(request.url()).pathname));
  await page.goto("/", { waitUntil: "networkidle" });
  await loggedOut(page);
  assert.deepEqual([...asked].sort(), [
    "/", "/account.css", "/account.js", "/account_view.js", "/app.js", "/client.js", "/device.js", "/english.js", "/form.css", "/icon.svg",
    "/invite.js", "/korean.js", "/memory.js", "/messages.js", "/new_password.js", "/onward.js", "/password_rules.js", "/session.css",
    "/session.js", "/site.js", "/style.css", "/texts.js", "/times.js", "/view.js",
  ]);
  assert.equal(await focused(page), "username");
});

browserTest("logs in", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await told(page, "status", "You are logged in.");
  assert.equal(await focused(page), "who");
  assert.equal(await page.locator("#password").inputValue(), "");
  assert.deepEqual(
    Object.keys(await cookies(context)).filter((name) => name !== "login_device").sort(),
    ["access_token_cookie", "csrf_access_token", "csrf_refresh_token", "refresh_token_cookie"],
  );
});

browserTest("says that the password is wrong", { complaints: [status(401)] }, async ({ page, context }) => {
  await logIn(page, "a wrong password");
  await told(page, "alert", "The user name or the password is wrong.");
  assert.equal(await page.getByLabel("User name").inputValue(), user.name);
  assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "");
  assert.equal(await focused(page), "password");
  assert.deepEqual(await cookies(context), {});
});

browserTest("logs in and out with the keyboard alone", {}, async ({ page }) => {
  await page.goto("/");
  await loggedOut(page);
  await page.keyboard.type(user.name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(user.password);
  await page.keyboard.press("Enter");
  await loggedIn(page);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "logout");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  for (const button of ["protected", "refresh"]) {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), button);
  }
  await page.locator("#logout").focus();
  await page.keyboard.press("Space");
  await loggedOut(page);
  await told(page, "status", "You are logged out.");
  assert.equal(await focused(page), "username");
});

browserTest("shows the password that was typed, until it is sent", { complaints: [status(401)] }, async ({ page }) => {
  const shown = async () => [await page.locator("#password").getAttribute("type"), await page.locator("#login .reveal").getAttribute("aria-pressed")];
  await page.goto("/");
  await page.getByLabel("User name").fill(user.name);
  await page.getByLabel("Password", { exact: true }).fill("a wrong password");
  assert.deepEqual(await shown(), ["password", "false"]);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches("#login .reveal")));
  await page.getByRole("button", { name: "Show password", pressed: false }).press("Space");
  assert.deepEqual(await shown(), ["text", "true"]);
  await page.keyboard.press("Space");
  assert.deepEqual(await shown(), ["password", "false"]);
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await told(page, "alert", "The user name or the password is wrong.");
  assert.deepEqual(await shown(), ["password", "false"]);
});

const refusals = [
  [400, "bad_request", {}, "The server did not understand the request."],
  [403, "cross_site", {}, "Refused: the request seems to come from another site."],
  [413, "too_large", {}, "This is more than the server accepts."],
  [415, "media_type", {}, "The server does not accept this kind of content."],
  [429, "too_many_failures", { "Retry-After": "850" }, "Too many failed logins. Try again in 15 minutes."],
  [503, "busy", { "Retry-After": "1" }, "The server is busy. Try again in 1 second."],
  [502, undefined, {}, "The server gave an unexpected answer (502)."],
];

for (const [code, error, headers, words] of refusals) {
  browserTest(`explains a login refused with ${code}`, { complaints: [status(code)] }, async ({ page }) => {
    await page.route("/login", (route) => route.fulfill({ status: code, headers, body: error ? JSON.stringify({ error }) : "<html>" }));
    await logIn(page);
    await told(page, "alert", words);
    await loggedOut(page);
  });
}

browserTest("says that the server cannot be reached", { complaints: [/ERR_CONNECTION_REFUSED/] }, async ({ page }) => {
  await page.route("/login", (route) => route.abort("connectionrefused"));
  await logIn(page);
  await told(page, "alert", "The server cannot be reached.");
});

browserTest("says that the browser dropped the cookies", {}, async ({ page }) => {
  await page.route("/login", (route) => route.fulfill({ json: { login: true } }));
  await logIn(page);
  await told(page, "alert", "The browser did not keep the cookies.");
});
