// The page as the login of other pages: it leads back to them, and says why where that cannot work.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { guardedBy } from "./support/guarded.mjs";
import { cookies, fillIn, logIn, loggedIn, loggedOut, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";

const table = JSON.parse(readFileSync(new URL("../vectors/redirects.json", import.meta.url)));
const asking = (url) => `/?rd=${encodeURIComponent(url)}`;

/** What is led back to is the page itself, which shows who was logged in. */
const here = "/?here";
const arrived = async (page) => {
  await page.waitForURL("**/?here");
  await loggedIn(page);
};

browserTest("leads back after a login", {}, async ({ page, server }) => {
  await page.goto(asking(server.url + here));
  await page.getByText(`Continue to ${new URL(server.url).host}`).first().waitFor();
  await fillIn(page);
  await arrived(page);
  await page.goBack();
  assert.equal(page.url(), "about:blank");
});

browserTest("leads back who is logged in", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await page.goto(asking(here));
  await arrived(page);
});

browserTest("leads back after a refresh", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await context.clearCookies({ name: /access/ });
  await page.goto(asking(here));
  await arrived(page);
  assert.ok("access_token_cookie" in (await cookies(context)));
});

browserTest("stays where it is when the login is wrong, then leads back", { complaints: [status(401)] }, async ({ page }) => {
  await page.goto(asking(here));
  await fillIn(page, "a wrong password");
  await told(page, "alert", "The user name or the password is wrong.");
  await fillIn(page);
  await arrived(page);
});

browserTest("says that it does not lead back to a foreign address", {}, async ({ page }) => {
  await page.goto(asking("https://evil.example/"));
  await told(page, "alert", "You came from an address that this login does not lead back to.");
  await fillIn(page);
  await loggedIn(page);
});

const known = { options: ["--redirect-origin", "https://app.example,http://plain.example:8080"] };

browserTest("holds no hostile address, and what it holds a browser reads alike", { serve: known }, async ({ page, server }) => {
  await page.goto("/");
  await loggedOut(page);
  const targets = await page.evaluate(async (urls) => {
    const target = async (url) => {
      const html = await (await fetch(`/?rd=${encodeURIComponent(url)}`)).text();
      const { content } = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="continue"]');
      return content && new URL(content, location.href).origin;
    };
    const found = [];
    for (const url of urls) found.push(await target(url));
    return found;
  }, [...table.hostile, ...table.allowed.map(([url]) => url)]);
  const ours = ["https://app.example", "http://plain.example:8080", server.url];
  // Asked without https, its own host over http would be allowed: here that is another one than the table's.
  assert.deepEqual(targets.slice(0, table.hostile.length).filter((origin) => origin && !ours.includes(origin)), []);
  const led = targets.slice(table.hostile.length).filter(Boolean);
  assert.ok(led.length > 15);
  for (const origin of led) assert.ok(ours.includes(origin), origin);
});

browserTest("says why a site that its cookies do not reach sends back", { serve: known }, async ({ page, server }) => {
  const site = await guardedBy(server, "localhost");
  try {
    await server.restart({ options: ["--redirect-origin", site.origin] });
    await page.goto(`${server.url}${asking(`${site.origin}/x`)}`);
    await fillIn(page);
    await told(page, "alert", `the cookies of this login are for 127.0.0.1, and ${new URL(site.origin).host} does not get them`);
    assert.equal(site.asked(), 1);
  } finally {
    await site.stop();
  }
});

browserTest("says why a site that has no gate of ours sends back", {}, async ({ page, server }) => {
  const site = await guardedBy(server, "127.0.0.1");
  try {
    await server.restart({ options: ["--redirect-origin", site.origin] });
    await page.goto(`${server.url}${asking(`${site.origin}/x`)}`);
    await fillIn(page);
    await told(page, "alert", "sent you back");
    assert.equal(site.asked(), 1);
  } finally {
    await site.stop();
  }
});

browserTest("says that secure cookies need https", { serve: { secureCookies: true } }, async ({ page, server }) => {
  await page.goto(`http://login.site.test:${new URL(server.url).port}/`);
  await fillIn(page);
  await told(page, "alert", "they are for https only, and this page came over http");
});

const ofADomain = { options: ["--cookie-domain", "site.test"] };

browserTest("says that the cookies are for another domain", { serve: ofADomain }, async ({ page, server }) => {
  await page.goto(`http://elsewhere.test:${new URL(server.url).port}/`);
  await fillIn(page);
  await told(page, "alert", "they are for another domain than this page");
});

browserTest("names the site and whom to ask", { serve: { options: ["--site-name", "Ferien & <Haus>", "--contact", "Bob"] } }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("heading", { name: "Ferien & <Haus>" }).waitFor();
  await page.getByText("Lost your password? Ask: Bob").waitFor();
  await page.waitForFunction(() => document.title === "Log in · Ferien & <Haus>");
});
