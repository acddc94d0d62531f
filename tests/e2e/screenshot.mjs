// Writes page.png, the picture in README.md.
import { fileURLToPath } from "node:url";
import { launch, logIn, loggedIn } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

const server = await startServer();
const browser = await launch();
try {
  const page = await browser.newPage({
    baseURL: server.url,
    locale: "en-US",
    colorScheme: "light",
    viewport: { width: 720, height: 760 },
  });
  await logIn(page);
  await loggedIn(page);
  await page.getByRole("button", { name: "Call /protected" }).click();
  await page.locator("pre").waitFor();
  await page.screenshot({ path: fileURLToPath(new URL("page.png", import.meta.url)), fullPage: true });
} finally {
  await browser.close();
  await server.stop();
}
