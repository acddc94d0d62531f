import assert from "node:assert/strict";
import { fillIn, logIn, loggedIn, loggedOut, openAccount, openDevelopers, press, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";

const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

browserTest("speaks Korean to a Korean browser", { profile: { locale: "ko-KR" }, complaints: [status(401)] }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "로그인" }).waitFor();
  assert.equal(await languageOf(page), "ko");
  await page.getByLabel("사용자 이름").fill("demo");
  await page.getByLabel("비밀번호", { exact: true }).fill("틀린 비밀번호");
  await page.keyboard.press("Enter");
  await told(page, "alert", "사용자 이름이나 비밀번호가 올바르지 않습니다.");
});

browserTest("switches the language, messages too, and remembers it", {}, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await page.getByRole("button", { name: "한국어" }).click();
  await told(page, "status", "로그인했습니다.");
  assert.equal(await languageOf(page), "ko");
  await page.reload();
  await page.getByRole("heading", { name: "로그인한 사용자: demo" }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await loggedIn(page);
});

const refusals = [
  "bad_credentials", "wrong_password", "too_many_failures", "busy", "token_missing", "token_malformed", "token_signature", "token_expired",
  "token_not_yet_valid", "token_revoked", "token_type", "token_not_fresh", "csrf", "cross_site", "bad_request", "media_type",
  "too_large", "network", "cookies_dropped", "cookies_scheme", "cookies_domain", "invite_over", "unexpected",
];

browserTest("says everything in both languages", {}, async ({ page }) => {
  await page.goto("/");
  await loggedOut(page);
  const [english, korean, labels] = await page.evaluate(async () => {
    const { languages } = await import("./texts.js");
    const names = (texts) =>
      Object.entries(texts).flatMap(([name, value]) => [name, ...(typeof value === "object" ? Object.keys(value) : [])]);
    const labels = [...document.querySelectorAll("[data-text]")].map((label) => label.dataset.text);
    return [names(languages.en), names(languages.ko), labels];
  });
  assert.deepEqual(korean, english);
  for (const name of [...labels, ...refusals]) assert.ok(english.includes(name), `no text ${name}`);
});

browserTest("tells a screen reader what is what", {}, async ({ page }) => {
  await page.goto("/");
  await loggedOut(page);
  await page.getByRole("region", { name: "Log in" }).waitFor();
  assert.equal(await page.getByLabel("User name").getAttribute("autocomplete"), "username");
  assert.equal(await page.getByLabel("Password", { exact: true }).getAttribute("autocomplete"), "current-password");
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  for (const name of [/^Logged in as/, "Access token", "Decoded token"]) await page.getByRole("region", { name }).waitFor();
  await openAccount(page);
  for (const name of ["Your sessions", "Change the password"]) await page.getByRole("region", { name }).waitFor();
  assert.equal(await page.getByLabel("Current password").getAttribute("autocomplete"), "current-password");
  assert.equal(await page.getByLabel("New password").getAttribute("autocomplete"), "new-password");
  assert.equal(await page.getByRole("list").getByRole("listitem").count(), 1);
  for (const name of ["Call /protected", "Refresh", "Log out"]) await page.getByRole("button", { name, exact: true }).waitFor();
});

/** Every text with less than 4.5:1 against what is painted behind it, every edge of a control with less than 3:1 (WCAG 1.4.3, 1.4.11). */
function poorContrast() {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const clear = (color) => channels(color)[3] === 0;
  const paint = (node) => (clear(getComputedStyle(node).backgroundColor) ? paint(node.parentElement) : getComputedStyle(node).backgroundColor);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const written = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const pale = (node) => written(node) && contrast(getComputedStyle(node).color, paint(node)) < 4.5;
  const edge = (node) => (node.matches(".reveal") ? getComputedStyle(node).color : getComputedStyle(node).borderTopColor);
  const unseen = (node) => node.matches("button, input") && contrast(edge(node), paint(node.parentElement)) < 3;
  return [...document.body.querySelectorAll("*")]
    .filter((node) => node.checkVisibility() && (pale(node) || unseen(node)))
    .map((node) => node.outerHTML);
}

for (const colorScheme of ["light", "dark"]) {
  browserTest(`can be read in the ${colorScheme}`, { profile: { colorScheme }, complaints: [status(401)] }, async ({ page }) => {
    await logIn(page, "a wrong password");
    await told(page, "alert", "The user name or the password is wrong.");
    assert.deepEqual(await page.evaluate(poorContrast), []);
    await logIn(page);
    await loggedIn(page);
    await openDevelopers(page);
    await press(page, "Call /protected");
    await told(page, "status", "The token was accepted.");
    assert.deepEqual(await page.evaluate(poorContrast), []);
    await openAccount(page);
    await page.locator("#current-password").fill("anything");
    await page.locator("#new-password").fill("short");
    await page.keyboard.press("Enter");
    assert.deepEqual(await page.evaluate(poorContrast), []);
    const [dark] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map((c) => c < 128));
    assert.equal(dark, colorScheme === "dark");
  });
}

for (const [locale, titles] of [
  ["en-US", ["Log in", "Logged in"]],
  ["ko-KR", ["로그인", "로그인됨"]],
]) {
  browserTest(`has a title of its own in each state in ${locale}`, { profile: { locale } }, async ({ page, server }) => {
    const titled = (title) => page.waitForFunction((words) => document.title === words, `${title} · ${new URL(server.url).host}`);
    await page.goto("/");
    await titled(titles[0]);
    await page.locator("#username").fill("demo");
    await page.locator("#password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await titled(titles[1]);
    await page.locator("#logout").click();
    await titled(titles[0]);
  });
}

/** Where these things stand. */
const boxes = (page, ...selectors) => Promise.all(selectors.map((selector) => page.locator(selector).boundingBox()));

const wide = { width: 1000, height: 800 };
const phone = { width: 360, height: 700 };

for (const viewport of [wide, phone]) {
  browserTest(`moves nothing at ${viewport.width} pixels`, { profile: { viewport }, complaints: [status(401)] }, async ({ page }) => {
    const frame = ["header", "h1", "#language"];
    const form = ["#login-title", "#username", "#password", "#reveal", "#login button.main"];
    const person = ["#who", "#logout", "#account summary", "#developers summary"];
    await page.goto("/");
    await loggedOut(page);
    const before = await boxes(page, ...frame, ...form);
    const card = await page.locator("#signed-out").boundingBox();
    await fillIn(page, "a wrong password");
    await told(page, "alert", "The user name or the password is wrong.");
    assert.deepEqual(await boxes(page, ...frame, ...form), before);
    await fillIn(page);
    await told(page, "status", "You are logged in.");
    assert.deepEqual(await boxes(page, ...frame), before.slice(0, frame.length));
    const { x, y, width } = await page.locator("#signed-in .card").first().boundingBox();
    assert.deepEqual([x, y, width], [card.x, card.y, card.width]);
    const during = await boxes(page, ...person);
    await page.locator("#news p").waitFor({ state: "detached" });
    assert.deepEqual(await boxes(page, ...person), during);
    await openDevelopers(page);
    assert.deepEqual(await boxes(page, ...frame, ...person.slice(0, 3)), [...before.slice(0, frame.length), ...during.slice(0, 3)]);
  });
}

for (const viewport of [wide, phone]) {
  browserTest(`typing a new password moves nothing at ${viewport.width} pixels`, { profile: { viewport } }, async ({ page }) => {
    const form = ["#change", "#change button.main", "#developers summary"];
    await logIn(page);
    await loggedIn(page);
    await openAccount(page);
    await page.locator("#change button.main").scrollIntoViewIfNeeded();
    const before = await boxes(page, ...form);
    for (const typed of ["short", "long enough by far", "x".repeat(129), ""]) {
      await page.locator("#new-password").fill(typed);
      assert.deepEqual(await boxes(page, ...form), before);
    }
  });
}

browserTest("says that one is logged in until the next action", { complaints: [status(503)] }, async ({ page }) => {
  await logIn(page);
  await told(page, "status", "You are logged in.");
  await page.route("/logout", (route) => route.fulfill({ status: 503, json: { error: "busy" } }));
  await press(page, "Log out");
  await told(page, "alert", "The server is busy.");
  assert.equal(await page.getByRole("status").innerText(), "");
});

browserTest("shows who one is, and keeps the rest for developers", {}, async ({ page }) => {
  const token = page.getByRole("region", { name: "Decoded token" });
  await logIn(page);
  await loggedIn(page);
  await page.getByRole("button", { name: "Log out" }).waitFor();
  assert.equal(await token.isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Call /protected" }).isVisible(), false);
  // What is open is remembered a moment after it is seen.
  const remembered = (wanted) =>
    page.waitForFunction((value) => localStorage.getItem("jwtgate.developers") === value, wanted);
  await openDevelopers(page);
  await token.waitFor();
  await remembered("open");
  await page.reload();
  await token.waitFor();
  await openDevelopers(page);
  await token.waitFor({ state: "hidden" });
  await remembered("closed");
  await page.reload();
  await loggedIn(page);
  assert.equal(await token.isVisible(), false);
});

for (const reducedMotion of ["reduce", "no-preference"]) {
  browserTest(`moves as the user prefers: ${reducedMotion}`, { profile: { reducedMotion } }, async ({ page }) => {
    await page.goto("/");
    const moved = page.evaluate(() => new Promise((resolve) => {
      document.addEventListener("animationstart", () => resolve(true));
      new MutationObserver(() => setTimeout(() => resolve(false), 500)).observe(document.getElementById("news"), { childList: true });
    }));
    await fillIn(page);
    await told(page, "status", "You are logged in.");
    assert.equal(await moved, reducedMotion === "no-preference");
  });
}

for (const locale of ["en-US", "ko-KR"]) {
  browserTest(`fits 320 pixels in ${locale}`, { profile: { locale, viewport: { width: 320, height: 640 } } }, async ({ page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.goto("/");
    assert.ok((await overflow()) <= 0);
    await page.locator("#username").fill("demo");
    await page.locator("#password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.locator("#who").waitFor();
    await page.locator("#developers summary").click();
    await page.locator("#protected").click();
    await page.locator("pre").waitFor();
    assert.ok((await overflow()) <= 0);
  });
}
