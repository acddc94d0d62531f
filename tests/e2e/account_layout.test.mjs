import assert from "node:assert/strict";
import { again, better, change, counted, field, focused, growStale, openAccountOf, row } from "./support/account.mjs";
import { fillIn, logIn, loggedIn, openAccount, press, told } from "./support/browser.mjs";
import { letIn, logInElsewhere } from "./support/elsewhere.mjs";
import { browserTest, status } from "./support/fixture.mjs";
import { startNginx } from "./support/nginx.mjs";
import { user } from "./support/server.mjs";

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
