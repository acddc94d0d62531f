import assert from "node:assert/strict";
import { counted, focused, openAccountOf, row, rows } from "./support/account.mjs";
import { logIn, loggedIn, loggedOut, openAccount, openDevelopers, press, told } from "./support/browser.mjs";
import { letIn, logInElsewhere } from "./support/elsewhere.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { user } from "./support/server.mjs";

browserTest("lists one's sessions, this one marked", {}, async ({ page, server }) => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  await logInElsewhere(server);
  await openAccountOf(page);
  await counted(page, 2);
  const [here, there] = [row(page, "this session"), row(page, "curl")];
  assert.match(await here.getByRole("heading").innerText(), /^Chrome on Linux\s+this session$/);
  assert.equal(await there.getByRole("heading").innerText(), "curl");
  for (const one of [here, there]) {
    assert.ok((await one.innerText()).includes("127.0.0.1"));
    for (const time of await one.locator("time").all()) {
      const when = Date.parse(await time.getAttribute("datetime"));
      assert.ok(when >= before && when <= Date.now(), `${when}`);
    }
    assert.equal(await one.locator("time").count(), 2);
  }
});

browserTest("asks for the list only when it is opened", {}, async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await logIn(page);
  await loggedIn(page);
  assert.ok(!asked.includes("/sessions"));
  await openAccount(page);
  assert.equal(asked.filter((path) => path === "/sessions").length, 1);
});

browserTest("shows the session that it lists as this one, though another tab has logged in since", {}, async ({ page, context }) => {
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  const shown = page.locator(".claims > div").filter({ hasText: /^sid/ }).locator("dd");
  const before = await shown.innerText();
  await context.request.post("/login", { data: { username: user.name, password: user.password } });
  await openAccount(page);
  await counted(page, 2);
  const { session } = await (await context.request.get("/me")).json();
  assert.notEqual(session.id, before);
  assert.equal(await shown.innerText(), session.id);
});

browserTest("ends one session at once", {}, async ({ page, server }) => {
  const [wget, curl] = [await logInElsewhere(server, "Wget/1.21.3"), await logInElsewhere(server)];
  await openAccountOf(page);
  await page.getByRole("button", { name: "End: curl, 127.0.0.1" }).click();
  await told(page, "status", "The session was ended.");
  await counted(page, 2);
  assert.deepEqual([await letIn(server, curl), await letIn(server, wget)], [false, true]);
  assert.equal(await focused(page), "sessions-title");
});

const gone = { complaints: [status(404)] };

browserTest("a session that ended while the list was shown just disappears", gone, async ({ page, server }) => {
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await fetch(`${server.url}/logout`, { method: "POST", headers: { Authorization: `Bearer ${other.token}` } });
  await row(page, "curl").getByRole("button").click();
  await told(page, "status", "That session had ended already.");
  await counted(page, 1);
  await loggedIn(page);
});

browserTest("ends all others after one question", {}, async ({ page, server }) => {
  const others = [await logInElsewhere(server), await logInElsewhere(server, "Wget/1.21.3")];
  await openAccountOf(page);
  await press(page, "End all others");
  const question = page.getByRole("dialog", { name: "End all other sessions?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  for (const other of others) assert.ok(await letIn(server, other));
  await press(page, "End all others");
  await question.getByRole("button", { name: "End all others" }).click();
  await told(page, "status", "All other sessions were ended.");
  await counted(page, 1);
  for (const other of others) assert.ok(!(await letIn(server, other)));
  assert.equal(await focused(page), "sessions-title");
  assert.equal(await page.locator("#end-others").isVisible(), false);
});

const busy = { complaints: [status(503)] };
const beBusy = (page, path) => page.route(path, (route) => route.fulfill({ status: 503, json: { error: "busy" } }));

browserTest("says why there is no list, and asks for it again when it is opened again", busy, async ({ page }) => {
  await logIn(page);
  await loggedIn(page);
  await beBusy(page, "/sessions");
  await page.locator("#account summary").click();
  await told(page, "alert", "The server is busy.");
  await page.unrouteAll();
  await page.locator("#account summary").click();
  await openAccount(page);
  await row(page, "this session").waitFor();
});

browserTest("keeps a session in the list that the server did not end", busy, async ({ page, server }) => {
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await beBusy(page, "/sessions/*");
  await row(page, "curl").getByRole("button").click();
  await told(page, "alert", "The server is busy.");
  assert.equal(await rows(page).count(), 2);
  assert.ok(await letIn(server, other));
});

browserTest("what was ended is said though the list that follows is refused", busy, async ({ page, server }) => {
  await logInElsewhere(server);
  await openAccountOf(page);
  await beBusy(page, "/sessions");
  await row(page, "curl").getByRole("button").click();
  await told(page, "status", "The session was ended.");
  await counted(page, 1);
});

browserTest("ending this session is logging out", {}, async ({ page, context }) => {
  await openAccountOf(page);
  const kept = await context.cookies();
  await page.getByRole("button", { name: "Log out: this session" }).click();
  await loggedOut(page);
  await told(page, "status", "You are logged out.");
  const held = await page.locator("main").evaluate((main) => main.textContent);
  for (const secret of [user.name, "127.0.0.1", "Chrome"]) assert.ok(!held.includes(secret), `the page still holds ${secret}`);
  await context.addCookies(kept);
  assert.equal((await context.request.get("/protected")).status(), 401);
});

browserTest("shows what another user agent means", {}, async ({ page }) => {
  const agents = [
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox", "Windows"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge", "Windows"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari", "macOS"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari", "iPhone"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome", "iPhone"],
    ["Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Internet", "Android"],
    ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0", "Opera", "Linux"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Whale/3.28.266.14 Safari/537.36", "Whale", "Windows"],
    ["Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome", "ChromeOS"],
    ["Mozilla/5.0 (compatible; somebot/1.0)", undefined, undefined],
    ["curl/8.5.0", "curl", undefined],
    ["python-requests/2.31.0", "python-requests", undefined],
    ["node", "node", undefined],
    ["Go-http-client/1.1", "Go-http-client", undefined],
    ["", undefined, undefined],
    ["This session. Do not end it", undefined, undefined],
    ["<b>x</b>/1", undefined, undefined],
    [`${"a".repeat(31)}/1`, undefined, undefined],
  ];
  await page.goto("/");
  const found = await page.evaluate(async (fields) => {
    const { deviceOf } = await import("./device.js");
    return fields.map(deviceOf).map(({ program, system }) => [program ?? null, system ?? null]);
  }, agents.map(([agent]) => agent));
  assert.deepEqual(found, agents.map(([, program, system]) => [program ?? null, system ?? null]));
});

browserTest("what cannot be told is an unknown device", {}, async ({ page, server }) => {
  await logInElsewhere(server, "<img src=x onerror=alert(1)>");
  await openAccountOf(page);
  await row(page, "Unknown device").waitFor();
});
