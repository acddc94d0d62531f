// The page on which one who was invited sets the first password.
import assert from "node:assert/strict";
import { fillIn, logIn, loggedIn, loggedOut, press, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";

const password = "a password of one's own";

async function choose(page, wanted = password) {
  await page.getByLabel("Your password from now on").fill(wanted);
  await press(page, "Set the password");
}

browserTest("sets the first password, which logs in", {}, async ({ page, server }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(server.invite("carol"));
  await page.getByRole("region", { name: "Welcome" }).waitFor();
  assert.equal(await page.locator("#username").isVisible(), false);
  await choose(page);
  await loggedOut(page);
  await told(page, "status", "Your password is set. Log in with it.");
  assert.equal(page.url(), `${server.url}/`);
  assert.ok(!asked.some((url) => url.includes("invite=")), "the link was sent to the server");
  await fillIn(page, password, "carol");
  await loggedIn(page, "carol");
});

browserTest("says what makes it weak before it is sent", {}, async ({ page, server }) => {
  await page.goto(server.invite("carol"));
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await choose(page, "short");
  await page.getByText("Too short: it needs at least 8 characters.").waitFor();
  assert.deepEqual(sent, []);
});

browserTest("says what the server finds weak, and goes on", { complaints: [status(422)] }, async ({ page, server }) => {
  await page.goto(server.invite("carol"));
  await choose(page, "password123");
  await told(page, "alert", "This password is among the commonest");
  await choose(page);
  await told(page, "status", "Your password is set.");
});

browserTest("says that a link no longer counts", { complaints: [status(401)] }, async ({ page, server }) => {
  const link = server.invite("carol");
  server.invite("carol");
  await page.goto(link);
  await choose(page);
  await told(page, "alert", "This link no longer counts. Ask for a new one.");
});

browserTest("asks whoever opens a link, logged in or not, in the open page or a new one", {}, async ({ page, server }) => {
  await logIn(page);
  await loggedIn(page);
  const link = server.invite("carol");
  await page.goto(link);
  await page.getByRole("region", { name: "Welcome" }).waitFor();
  assert.equal(await page.locator("#signed-in").isVisible(), false);
  await page.reload();
  await page.getByRole("region", { name: "Welcome" }).waitFor();
});

browserTest("speaks Korean to who was invited", { profile: { locale: "ko-KR", viewport: { width: 320, height: 640 } } }, async ({ page, server }) => {
  await page.goto(server.invite("carol"));
  await page.getByRole("region", { name: "환영합니다" }).waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
});
