import assert from "node:assert/strict";
import { cookies, fillIn, logIn, loggedIn, loggedOut, openDevelopers, press, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { startServer } from "./support/server.mjs";

/** The server's address under a name that has a parent domain; browsers look `localhost` up by themselves. */
function address(server) {
  const url = new URL(server.url);
  url.hostname = "app.site.localhost";
  return url.href;
}

const plain = {};
const secure = { secureCookies: true };
const ofDomain = { options: ["--cookie-domain", "site.localhost"] };
const secureOfDomain = { ...secure, ...ofDomain };
const named = { options: ["--cookie-prefix", "blue_"] };

const ended = [status(401), status(401)];

// What was, what is, and what the console shows of a dead session: where the names are others, the page knows nothing of it.
const changes = [
  ["cookie-secure turned off", secure, plain, []],
  ["cookie-secure turned on", plain, secure, []],
  ["a cookie-domain given", plain, ofDomain, ended],
  ["a cookie-domain taken away", ofDomain, plain, ended],
  ["a cookie-domain given to secure cookies", secure, secureOfDomain, []],
  ["a cookie-domain taken from secure cookies", secureOfDomain, secure, []],
  ["a cookie-domain given and cookie-secure turned off", secure, ofDomain, []],
  ["a cookie-prefix given", plain, named, []],
  ["a cookie-prefix taken away", named, plain, []],
];

/** Opens the page and logs in where it asks for that. */
async function enter(page, url) {
  await page.goto(url);
  await page.locator("#who, #login").filter({ visible: true }).waitFor();
  if (await page.locator("#login").isVisible()) await fillIn(page);
  await loggedIn(page);
}

async function refreshAndLogOut(page) {
  await openDevelopers(page);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
  await press(page, "Log out");
  await told(page, "status", "You are logged out.");
  await page.reload();
  await loggedOut(page);
}

for (const [change, before, after, complaints] of changes) {
  browserTest(`goes on after ${change}`, { serve: before }, async ({ page, server }) => {
    await enter(page, address(server));
    await server.restart(after);
    await enter(page, address(server));
    await refreshAndLogOut(page);
  });

  browserTest(`is not held up by a dead session after ${change}`, { serve: before, complaints }, async ({ page, context, server }) => {
    await enter(page, address(server));
    const dead = await context.cookies();
    await press(page, "Log out");
    await loggedOut(page);
    await context.addCookies(dead);
    await server.restart(after);
    await enter(page, address(server));
    await refreshAndLogOut(page);
  });
}

for (const [difference, one, other] of [
  ["cookie-prefix", plain, named],
  ["cookie-prefix of secure cookies", secure, { ...secure, ...named }],
  ["cookie-secure", secure, plain],
]) {
  browserTest(`leaves another server on the same host alone, by ${difference}`, { serve: one }, async ({ page, context, server }) => {
    const neighbour = await startServer(other);
    try {
      await logIn(page);
      await loggedIn(page);
      const tab = await context.newPage();
      await tab.goto(neighbour.url);
      await loggedOut(tab);
      assert.equal(await tab.getByRole("alert").filter({ hasText: /./ }).count(), 0);
      await fillIn(tab);
      await loggedIn(tab);
      await page.reload();
      await loggedIn(page);
      await press(page, "Log out");
      await loggedOut(page);
      await tab.reload();
      await loggedIn(tab);
      await press(tab, "Log out");
      await loggedOut(tab);
    } finally {
      await neighbour.stop();
    }
  });
}

browserTest("does not log out of a server whose cookies have the same names", { complaints: ended }, async ({ page, context, server }) => {
  const neighbour = await startServer();
  try {
    await logIn(page);
    await loggedIn(page);
    const before = await cookies(context);
    const tab = await context.newPage();
    await tab.goto(neighbour.url);
    await told(tab, "alert", "Log in again.");
    await loggedOut(tab);
    assert.deepEqual(await cookies(context), before);
    await page.reload();
    await loggedIn(page);
  } finally {
    await neighbour.stop();
  }
});

/** A cookie of the parent domain that nobody deletes; scripts see it beside the one of the host. */
const stale = { name: "csrf_refresh_token", value: "stale", domain: ".site.localhost", path: "/" };

browserTest("tries the next CSRF value when the first is another token's", { complaints: [status(403)] }, async ({ page, context, server }) => {
  await enter(page, address(server));
  await context.addCookies([stale]);
  await openDevelopers(page);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
});

browserTest("shows the form after a logout though a cookie is left", {}, async ({ page, context, server }) => {
  await enter(page, address(server));
  await context.addCookies([stale]);
  await page.route("**/logout", (route) => route.fulfill({ json: { msg: "Logout Successful" } }));
  await press(page, "Log out");
  await loggedOut(page);
  await told(page, "status", "You are logged out.");
});

browserTest("says that the browser dropped the cookies though an old one is there", {}, async ({ page, context, server }) => {
  await page.goto(address(server));
  await loggedOut(page);
  await context.addCookies([stale]);
  await page.route("**/login", (route) => route.fulfill({ json: { login: true } }));
  await fillIn(page);
  await told(page, "alert", "The browser did not keep the cookies.");
});
