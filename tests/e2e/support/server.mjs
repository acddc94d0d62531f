// The real program on a port and a data directory of its own.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const user = { name: "demo", password: "correct horse battery", roles: ["admin", "staff"] };

const program = process.env.JWTGATE_BINARY;
if (!program) throw new Error("JWTGATE_BINARY must name the jwtgate program");

/** A site with the user, and more by `addUser`. `options` are of `serve`; `restart` goes on with others, at another port. */
export async function startServer(serve) {
  const folder = mkdtempSync(join(tmpdir(), "jwtgate-e2e-"));
  addUser(folder, user);
  let running = await startProgram(folder, serve);
  return {
    get url() {
      return running.url;
    },
    addUser: (who) => addUser(folder, who),
    invite: (name) => invite(folder, name, running.url),
    async restart(others) {
      await running.stop();
      running = await startProgram(folder, others);
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startProgram(folder, { options = [], secureCookies = false } = {}) {
  const args = ["serve", "--listen", "127.0.0.1:0", "--data-dir", folder, `--cookie-secure=${secureCookies}`, ...options];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  return {
    url: await Promise.race([listening(child), ended.then(([code]) => Promise.reject(new Error(`serve ended: ${code}`)))]),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function addUser(folder, { name, password, roles = [] }) {
  const options = roles.flatMap((role) => ["--role", role]);
  const args = ["user", "add", name, ...options, "--password-stdin", "--data-dir", folder];
  const { status, stderr } = spawnSync(program, args, { input: `${password}\n`, encoding: "utf8" });
  if (status !== 0) throw new Error(`user add: ${stderr}`);
}

/** The link that the command prints. */
function invite(folder, name, site) {
  const { status, stdout, stderr } = spawnSync(program, ["user", "invite", name, "--site", site, "--data-dir", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`user invite: ${stderr}`);
  return stdout.trim().split(" ").at(-1);
}

async function listening(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/^listening on (http:\S+)$/)?.[1];
    if (address) return address;
  }
  throw new Error("serve said nothing of an address");
}
