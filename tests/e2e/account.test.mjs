import assert from "node:assert/strict";
import { cookies, fillIn, logIn, loggedIn, loggedOut, openAccount, openDevelopers, press, told } from "./support/browser.mjs";
import { letIn, logInElsewhere } from "./support/elsewhere.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { startNginx } from "./support/nginx.mjs";
import { user } from "./support/server.mjs";

const better = "a much better secret";

async function openAccountOf(page) {
  await logIn(page);
  await loggedIn(page);
  await openAccount(page);
}

const rows = (page) => page.locator("#sessions li");
const row = (page, words) => rows(page).filter({ hasText: words });
const field = (page, name) => page.getByLabel(name, { exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.id);
const counted = (page, count) => page.waitForFunction((n) => document.querySelectorAll("#sessions li").length === n, count);

async function change(page, current, wanted) {
  await field(page, "Current password").fill(current);
  await field(page, "New password").fill(wanted);
  await page.locator("#change button.main").click();
}

/** As after half an hour: the access token is no longer the one of the login. */
async function growStale(page) {
  await openDevelopers(page);
  await press(page, "Refresh");
  await told(page, "status", "Refreshed.");
}

const passwords = (page) => {
  const sent = [];
  page.on("request", (request) => request.method() === "PUT" && sent.push(request.postDataJSON()));
  return sent;
};

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
  const held = await page.evaluate(() => document.body.textContent);
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

browserTest("changes the password, which ends the other sessions", {}, async ({ page, server }) => {
  const other = await logInElsewhere(server);
  await openAccountOf(page);
  await counted(page, 2);
  await change(page, user.password, better);
  await told(page, "status", "The password was changed. Your other sessions have ended.");
  await counted(page, 1);
  assert.equal(await letIn(server, other), false);
  assert.equal((await logInElsewhere(server)).status, 401);
  assert.equal((await logInElsewhere(server, "curl/8.5.0", better)).status, 200);
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
  await page.getByText("At least 9 characters, and none of the commonest passwords.").waitFor();
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

const again = (page) => page.getByRole("dialog", { name: "Your password once more" });

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
  assert.equal((await logInElsewhere(server, "curl/8.5.0", better)).status, 200);
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
  const held = new Promise((resolve) => page.route("/login", resolve));
  await field(page, "Your password").fill(user.password);
  await page.keyboard.press("Enter");
  const route = await held;
  await page.keyboard.press("Escape");
  await again(page).waitFor({ state: "hidden" });
  await route.continue();
  await page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
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

browserTest("does all of it in Korean", { profile: { locale: "ko-KR" }, complaints: [status(422), status(401)] }, async ({ page, server }) => {
  await logInElsewhere(server);
  await logInElsewhere(server, "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0");
  await page.goto("/");
  await field(page, "사용자 이름").fill(user.name);
  await field(page, "비밀번호").fill(user.password);
  await page.keyboard.press("Enter");
  await page.getByText("세션과 비밀번호").click();
  await row(page, "Windows의 Firefox").waitFor();
  await row(page, "현재 세션").waitFor();
  await page.getByRole("button", { name: "종료: curl, 127.0.0.1" }).click();
  await told(page, "status", "세션을 종료했습니다.");
  await press(page, "다른 세션 모두 종료");
  await page.getByRole("dialog", { name: "다른 세션을 모두 종료할까요?" }).getByRole("button", { name: "다른 세션 모두 종료" }).click();
  await told(page, "status", "다른 세션을 모두 종료했습니다.");
  await field(page, "현재 비밀번호").fill(user.password);
  await field(page, "새 비밀번호").fill("짧다");
  await page.getByText("너무 짧습니다. 8자 이상이어야 합니다.").waitFor();
  await field(page, "새 비밀번호").fill("password1");
  await page.keyboard.press("Enter");
  await told(page, "alert", "가장 흔히 쓰이는 비밀번호 중 하나입니다.");
  await page.getByText("개발자용").click();
  await press(page, "갱신");
  await told(page, "status", "갱신했습니다.");
  await field(page, "새 비밀번호").fill("훨씬 더 나은 비밀번호");
  await page.keyboard.press("Enter");
  const asking = page.getByRole("dialog", { name: "비밀번호 다시 확인" });
  await field(asking, "내 비밀번호").fill(user.password);
  await page.keyboard.press("Enter");
  await told(page, "status", "비밀번호를 변경했습니다. 다른 세션은 모두 종료되었습니다.");
});

browserTest("follows a change of the language", {}, async ({ page, server }) => {
  await logInElsewhere(server);
  await openAccountOf(page);
  await field(page, "New password").fill("short");
  await press(page, "한국어");
  await row(page, "현재 세션").waitFor();
  await page.getByText("너무 짧습니다. 8자 이상이어야 합니다.").waitFor();
  assert.equal(await field(page, "새 비밀번호").inputValue(), "short");
});

/** Presses a key until something is focused, and no more often than there are things to focus. */
async function tabTo(page, found) {
  for (let i = 0; i < 30; ++i) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(found)) return;
  }
  assert.fail(`the keyboard does not reach ${found}`);
}

browserTest("needs nothing but a keyboard", { complaints: [status(401)] }, async ({ page, server }) => {
  const [first, second] = [await logInElsewhere(server), await logInElsewhere(server, "Wget/1.21.3")];
  await logIn(page);
  await loggedIn(page);
  await growStale(page);
  await page.locator("#who").focus();
  await tabTo(page, () => document.activeElement.matches("#account summary"));
  await page.keyboard.press("Enter");
  await counted(page, 3);
  await tabTo(page, () => document.activeElement.ariaLabel?.startsWith("End: curl"));
  await page.keyboard.press("Enter");
  await told(page, "status", "The session was ended.");
  assert.deepEqual([await letIn(server, first), await letIn(server, second)], [false, true]);
  await tabTo(page, () => document.activeElement.id === "end-others");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "end-others");
  await page.keyboard.press("Enter");
  await tabTo(page, () => document.activeElement.matches("#confirm .main"));
  await page.keyboard.press("Enter");
  await told(page, "status", "All other sessions were ended.");
  assert.equal(await letIn(server, second), false);
  await tabTo(page, () => document.activeElement.id === "current-password");
  await page.keyboard.type(user.password);
  await tabTo(page, () => document.activeElement.id === "new-password");
  await page.keyboard.type(better);
  await page.keyboard.press("Enter");
  await again(page).waitFor();
  await page.keyboard.type(user.password);
  await page.keyboard.press("Enter");
  await told(page, "status", "The password was changed.");
  assert.equal(await focused(page), "change-title");
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

for (const locale of ["en-US", "ko-KR"]) {
  browserTest(`fits 320 pixels in ${locale}`, { profile: { locale, viewport: { width: 320, height: 640 } }, complaints: [status(401)] }, async ({ page, server }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await logInElsewhere(server, `${"W".repeat(30)}/1`);
    await page.goto("/");
    await page.locator("#username").fill(user.name);
    await page.locator("#password").fill(user.password);
    await page.keyboard.press("Enter");
    await page.locator("#who").waitFor();
    await page.locator("#developers summary").click();
    await page.locator("#refresh").click();
    await openAccount(page);
    await counted(page, 2);
    assert.ok((await overflow()) <= 0);
    await page.locator("#end-others").click();
    assert.ok((await overflow()) <= 0);
    await page.keyboard.press("Escape");
    await page.locator("#current-password").fill(user.password);
    await page.locator("#new-password").fill(better);
    await page.keyboard.press("Enter");
    await page.locator("#again").waitFor();
    const { x, width } = await page.locator("#again").boundingBox();
    assert.ok(x >= 0 && x + width <= 320);
    assert.ok((await overflow()) <= 0);
  });
}

browserTest("works behind nginx under a path", {}, async ({ page, server }) => {
  const nginx = await startNginx(server);
  try {
    const asked = new Set();
    page.on("request", (request) => asked.add(new URL(request.url()).pathname));
    const others = [await logInElsewhere(server), await logInElsewhere(server, "Wget/1.21.3")];
    await page.goto(`${nginx.url}/gate/`);
    await fillIn(page);
    await loggedIn(page);
    await openAccount(page);
    await row(page, "curl").getByRole("button").click();
    await told(page, "status", "The session was ended.");
    assert.deepEqual([await letIn(server, others[0]), await letIn(server, others[1])], [false, true]);
    await press(page, "End all others");
    await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
    await told(page, "status", "All other sessions were ended.");
    await change(page, user.password, better);
    await told(page, "status", "The password was changed.");
    assert.deepEqual([...asked].filter((name) => !name.startsWith("/gate/")), []);
  } finally {
    await nginx.stop();
  }
});
