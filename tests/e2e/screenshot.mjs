// Writes page.png, the picture in README.md.
import { fileURLToPath } from "node:url";
import { launch, logIn, loggedIn, openDevelopers } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const browser = await launch();
try {
  const page = await browser.newPage({
    baseURL: server.url,
    locale: "en-US",
    colorScheme: "light",
    viewport: { width: 720, height: 690 },
  });
  await logIn(page);
  await loggedIn(page);
  await openDevelopers(page);
  await page.mouse.move(0, 0);
  await page.locator("#news p").waitFor({ state: "detached" });
  await page.screenshot({ path: fileURLToPath(new URL("page.png", import.meta.url)) });
} finally {
  await browser.close();
  await server.stop();
}
