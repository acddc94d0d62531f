// The page in a browser without scripts.
import assert from "node:assert/strict";
import { cookies, press } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

const profile = { javaScriptEnabled: false };

async function fillIn(page, password = user.password) {
  await page.locator("#username").fill(user.name);
  await page.locator("#password").fill(password);
  await press(page, "Log in");
}

const loggedIn = (page) => page.getByRole("heading", { name: `Logged in as ${user.name}` }).waitFor();

browserTest("logs in and out without scripts", { profile }, async ({ page, context }) => {
  await page.goto("/");
  assert.equal(await page.locator("#language").isVisible(), false);
  await fillIn(page);
  await loggedIn(page);
  assert.equal(await page.locator("#username").isVisible(), false);
  await press(page, "Log out");
  await page.locator("#username").waitFor();
  assert.deepEqual(Object.keys(await cookies(context)), ["login_device"]);
});

browserTest("leads back without scripts", { profile }, async ({ page }) => {
  await page.goto("/?rd=%2F%3Fhere");
  await fillIn(page);
  await page.waitForURL("**/?here");
  await page.goto("/?rd=%2F%3Fhere");
  await loggedIn(page);
  await page.getByRole("link", { name: "Continue to" }).click();
  await page.waitForURL("**/?here");
});

const other = "http://app.site.test:9";
const twoHosts = { options: ["--cookie-domain", "site.test", "--redirect-origin", other] };

browserTest("leads to another host without scripts", { profile, serve: twoHosts }, async ({ page, server }) => {
  await page.route(`${other}/**`, (route) => route.fulfill({ body: "here" }));
  await page.goto(`http://login.site.test:${new URL(server.url).port}/?rd=${encodeURIComponent(`${other}/x`)}`);
  await fillIn(page);
  await page.waitForURL(`${other}/x`);
});

browserTest("says without scripts that the password was wrong", { profile, complaints: [status(401)] }, async ({ page }) => {
  await page.goto("/?rd=%2F%3Fhere");
  await fillIn(page, "a wrong password");
  await page.getByText("Bad username or password").waitFor();
  await fillIn(page);
  await page.waitForURL("**/?here");
});

browserTest("goes on with the refresh token without scripts", { profile }, async ({ page, context }) => {
  await page.goto("/");
  await fillIn(page);
  await loggedIn(page);
  await context.clearCookies({ name: /access/ });
  await page.goto("/?rd=%2F%3Fhere");
  await page.getByRole("heading", { name: "You are still logged in" }).waitFor();
  await press(page, "Continue");
  await page.waitForURL("**/?here");
});

browserTest("takes a form that was shown before a login in another tab", { profile }, async ({ page, context }) => {
  await page.goto("/");
  const second = await context.newPage();
  await second.goto("/");
  await fillIn(second);
  await loggedIn(second);
  await fillIn(page);
  await loggedIn(page);
});

browserTest("asks again when the form is too old", { profile, complaints: [status(403)] }, async ({ page, context }) => {
  await page.goto("/");
  await context.clearCookies();
  await fillIn(page);
  await page.getByText("This form is too old").waitFor();
  await fillIn(page);
  await loggedIn(page);
});
