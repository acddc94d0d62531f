// One browser a test file; a server, a profile and an empty console a test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { startServer } from "./server.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/**
 * A test with a page of a fresh profile before a fresh server. `serve` is for startServer, `profile` for the browser
 * context. Whatever the console shows beyond the `complaints`, one pattern each, fails the test.
 */
export function browserTest(name, { serve, profile = {}, complaints = [] }, body) {
  test(name, { timeout: 60_000 }, async () => {
    const server = await startServer(serve);
    const context = await browser.newContext({ locale: "en-US", baseURL: server.url, ...profile });
    context.setDefaultTimeout(15_000);
    try {
      const seen = listen(context);
      await body({ page: await context.newPage(), context, server });
      expectComplaints(seen, complaints);
    } finally {
      await context.close();
      await server.stop();
    }
  });
}

function listen(context) {
  const seen = [];
  context.on("console", (line) => ["error", "warning"].includes(line.type()) && seen.push(line.text()));
  context.on("weberror", (fault) => seen.push(String(fault.error())));
  return seen;
}

function expectComplaints(seen, complaints) {
  assert.equal(seen.length, complaints.length, `console: ${JSON.stringify(seen)}`);
  complaints.forEach((pattern, i) => assert.match(seen[i], pattern));
}

export const status = (code) => new RegExp(`the server responded with a status of ${code}`);
