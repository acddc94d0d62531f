// Writes page.png, the picture in README.md.
import { fileURLToPath } from "node:url";
import { launch, logIn, loggedIn, openAccount } from "./support/browser.mjs";
import { logInElsewhere } from "./support/elsewhere.mjs";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0";
const browser = await launch();
try {
  const page = await browser.newPage({
    baseURL: server.url,
    locale: "en-US",
    colorScheme: "light",
    viewport: { width: 720, height: 790 },
  });
  await logInElsewhere(server, firefox);
  await logIn(page);
  await loggedIn(page);
  await openAccount(page);
  await page.mouse.move(0, 0);
  await page.locator("#news p").waitFor({ state: "detached" });
  await page.screenshot({ path: fileURLToPath(new URL("page.png", import.meta.url)) });
} finally {
  await browser.close();
  await server.stop();
}
