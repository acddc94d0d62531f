import assert from "node:assert/strict";
import { fillIn, loggedIn, loggedOut, openDevelopers, press, told } from "./support/browser.mjs";
import { browserTest } from "./support/fixture.mjs";
import { startNginx } from "./support/nginx.mjs";

for (const path of ["/gate/", "/gate", "/gate/?from=here", "/gate/#there"]) {
  browserTest(`works behind nginx at ${path}`, {}, async ({ page, server }) => {
    const nginx = await startNginx(server);
    try {
      const asked = new Set();
      page.on("request", (request) => asked.add(new URL(request.url()).pathname));
      await page.goto(nginx.url + path);
      await fillIn(page);
      await loggedIn(page);
      await openDevelopers(page);
      await press(page, "Call /protected");
      await told(page, "status", "The token was accepted.");
      await press(page, "Refresh");
      await told(page, "status", "Refreshed.");
      await page.reload();
      await loggedIn(page);
      await press(page, "Log out");
      await loggedOut(page);
      asked.delete("/gate");
      assert.deepEqual([...asked].filter((name) => !name.startsWith("/gate/")), []);
      for (const name of ["style.css", "icon.svg", "view.js", "login", "me", "refresh", "logout"]) assert.ok(asked.has(`/gate/${name}`), name);
    } finally {
      await nginx.stop();
    }
  });
}
