// The browser, and what a user does with the page and sees of it.
import { chromium } from "playwright-core";
import { user } from "./server.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP *.test 127.0.0.1",
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });

/** What a user does to log in. */
export async function logIn(page, password = user.password) {
  await page.goto("/");
  await fillIn(page, password);
}

export async function fillIn(page, password = user.password, name = user.name) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await press(page, "Log in");
}

export const press = (page, name) => page.getByRole("button", { name }).click();

/** Opens the part for developers. */
export const openDevelopers = (page) => page.getByText("For developers").click();

/** Opens what users see of their own sessions and password, and waits for the list. */
export async function openAccount(page) {
  await page.locator("#account summary").click();
  await page.locator("#sessions li").first().waitFor();
}

/** Waits until the page shows the session. */
export const loggedIn = (page, name = user.name) => page.getByRole("heading", { name: `Logged in as ${name}` }).waitFor();

/** Waits until the page shows the form. */
export const loggedOut = (page) => page.getByRole("button", { name: "Log in" }).waitFor();

/** Waits for this message, as a screen reader is told it. */
export const told = (page, role, words) => page.getByRole(role).filter({ hasText: words }).waitFor();

/** All but the one that every page with the form has. */
export async function cookies(context) {
  const all = await context.cookies();
  return Object.fromEntries(all.filter(({ name }) => !name.endsWith("login_csrf")).map(({ name, value }) => [name, value]));
}
