// The real program's `jwtgate token`, with a key file of its own.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.JWTGATE_BINARY;
const sizes = { HS256: 32, HS384: 48, HS512: 64 };

export const algorithms = Object.keys(sizes);

export const newKey = (alg) => ({ kid: `key-of-${alg}`, alg, secret: randomBytes(sizes[alg]) });

export const now = () => Math.floor(Date.now() / 1000);

/** What a token of another maker has to say to be accepted. */
export const goodClaims = () => ({
  sub: "demo",
  type: "access",
  jti: "some-token",
  sid: "some-session",
  iat: now(),
  exp: now() + 600,
  roles: ["admin", "staff"],
  fresh: false,
});

/** `jwtgate token` with this key: sign(claims) gives a token, verify(token) the status and the claims. */
export function gateOf(key) {
  if (!program) throw new Error("JWTGATE_BINARY must name the jwtgate program");
  const folder = mkdtempSync(join(tmpdir(), "jwtgate-interop-"));
  const file = join(folder, "keys.json");
  const jwk = { kty: "oct", kid: key.kid, alg: key.alg, use: "sig", k: key.secret.toString("base64url") };
  writeFileSync(file, JSON.stringify({ keys: [jwk] }), { mode: 0o600 });
  const run = (action, args, input) =>
    spawnSync(program, ["token", action, ...args, "--key-file", file], { input, encoding: "utf8" });

  return {
    sign(claims) {
      const { status, stdout, stderr } = run("sign", ["--claims", JSON.stringify(claims)], "");
      if (status !== 0) throw new Error(`token sign: ${stderr}`);
      return stdout.trimEnd();
    },
    verify(token) {
      const { status, stdout } = run("verify", [], token);
      return { status, claims: status === 0 ? JSON.parse(stdout) : undefined };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
