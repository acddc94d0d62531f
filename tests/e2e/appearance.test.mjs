import assert from "node:assert/strict";
import { logIn, loggedIn, loggedOut, told } from "./support/browser.mjs";
import { browserTest, status } from "./support/fixture.mjs";

const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

browserTest("speaks Korean to a Korean browser", { profile: { locale: "ko-KR" }, complaints: [status(401)] }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "로그인" }).waitFor();
  assert.equal(await languageOf(page), "ko");
  await page.getByLabel("사용자 이름").fill("demo");
  await page.getByLabel("비밀번호").fill("틀린 비밀번호");
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
  "bad_credentials", "too_many_failures", "busy", "token_missing", "token_malformed", "token_signature", "token_expired",
  "token_not_yet_valid", "token_revoked", "token_type", "token_not_fresh", "csrf", "cross_site", "bad_request", "media_type",
  "too_large", "network", "cookies_dropped", "unexpected",
];

browserTest("says everything in both languages", {}, async ({ page }) => {
  await page.goto("/");
  await loggedOut(page);
  const [english, korean, labels] = await page.evaluate(async () => {
    const { languages } = await import("/texts.js");
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
  assert.equal(await page.getByLabel("Password").getAttribute("autocomplete"), "current-password");
  await logIn(page);
  await loggedIn(page);
  for (const name of [/^Logged in as/, "Access token", "Decoded token"]) await page.getByRole("region", { name }).waitFor();
  for (const name of ["Call /protected", "Refresh", "Log out"]) await page.getByRole("button", { name, exact: true }).waitFor();
});

/** Every text with less than 4.5:1 against what is painted behind it. */
function poorContrast() {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = (node) => (channels(getComputedStyle(node).backgroundColor)[3] === 0 ? paint(node.parentElement) : getComputedStyle(node).backgroundColor);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const written = (node) => node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  return [...document.body.querySelectorAll("*")]
    .filter((node) => written(node) && ratio(luminance(getComputedStyle(node).color), luminance(paint(node))) < 4.5)
    .map((node) => node.outerHTML);
}

for (const colorScheme of ["light", "dark"]) {
  browserTest(`can be read in the ${colorScheme}`, { profile: { colorScheme }, complaints: [status(401)] }, async ({ page }) => {
    await logIn(page, "a wrong password");
    await told(page, "alert", "The user name or the password is wrong.");
    assert.deepEqual(await page.evaluate(poorContrast), []);
    await logIn(page);
    await loggedIn(page);
    assert.deepEqual(await page.evaluate(poorContrast), []);
    const [dark] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map((c) => c < 128));
    assert.equal(dark, colorScheme === "dark");
  });
}

for (const locale of ["en-US", "ko-KR"]) {
  browserTest(`fits 320 pixels in ${locale}`, { profile: { locale, viewport: { width: 320, height: 640 } } }, async ({ page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.goto("/");
    assert.equal(await overflow(), 0);
    await page.locator("#username").fill("demo");
    await page.locator("#password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.locator("#who").waitFor();
    await page.locator("#protected").click();
    await page.locator("pre").waitFor();
    assert.equal(await overflow(), 0);
  });
}
