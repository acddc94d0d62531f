// Each library and each algorithm, both ways: what one signs the other reads, and what is wrong both refuse.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { algorithms, gateOf, goodClaims, newKey, now } from "./support/jwtgate.mjs";
import { libraries } from "./support/libraries.mjs";

const names = ["demo", "Zoë \"quoted\" \\ back/slash", "漢字 😀", "line\nand\ttab\u0001", "a@b.example"];

/** The token with another character in the middle of one of its parts. */
function changed(token, part) {
  const parts = token.split(".");
  const at = Math.floor(parts[part].length / 2);
  const other = parts[part][at] === "A" ? "B" : "A";
  parts[part] = parts[part].slice(0, at) + other + parts[part].slice(at + 1);
  return parts.join(".");
}

for (const [name, library] of Object.entries(libraries))
  for (const alg of algorithms)
    describe(`${name}, ${alg}`, () => {
      const key = newKey(alg);
      const foreign = { ...newKey(alg), kid: key.kid };
      const gate = gateOf(key);
      after(gate.remove);
      const theirs = (changes = {}, header = {}, by = key) =>
        library.sign({ ...goodClaims(), ...changes }, { alg, kid: key.kid, typ: "JWT", ...header }, by);

      for (const sub of names)
        test(`reads what jwtgate signs for ${JSON.stringify(sub)}`, async () => {
          const token = gate.sign({ sub, roles: ["admin", sub] });
          const claims = { ...(await library.verify(token, key)) };
          assert.deepEqual(claims, gate.verify(token).claims);
          assert.deepEqual([claims.sub, claims.roles, claims.type], [sub, ["admin", sub], "access"]);
          assert.equal(claims.exp - claims.iat, 3600);
        });

      for (const sub of names)
        test(`is read by jwtgate when it signs for ${JSON.stringify(sub)}`, async () => {
          const claims = { ...goodClaims(), sub, nested: { list: [1, 1.5, null, true, { "": sub }] } };
          const token = await library.sign(claims, { alg, kid: key.kid, typ: "JWT" }, key);
          assert.deepEqual(gate.verify(token), { status: 0, claims });
        });

      test("is read by jwtgate without a kid", async () => {
        const token = await theirs({}, { kid: undefined });
        assert.equal(gate.verify(token).status, 0);
      });

      test("signs with a wrong key: jwtgate refuses the signature", async () => {
        assert.equal(gate.verify(await theirs({}, {}, foreign)).status, 1);
        assert.equal(gate.verify(await theirs({}, { kid: "unknown" })).status, 1);
      });

      test("signs what has expired, has not begun or lacks a claim: jwtgate refuses the claims", async () => {
        const past = { iat: now() - 100, exp: now() - 1 };
        const future = [{ nbf: now() + 600 }, { iat: now() + 600 }];
        for (const changes of [past, ...future, { sid: undefined }, { type: undefined }])
          assert.equal(gate.verify(await theirs(changes)).status, 3, JSON.stringify(changes));
      });

      test("signs with another algorithm: jwtgate refuses the token", async () => {
        const long = { ...key, secret: Buffer.concat([key.secret, Buffer.alloc(32)]) };
        for (const other of algorithms.filter((each) => each !== alg))
          assert.equal(gate.verify(await theirs({}, { alg: other }, { ...long, alg: other })).status, 1, other);
      });

      test("refuses a token of jwtgate with a changed character, and so does jwtgate", async () => {
        const token = gate.sign({ sub: "demo" });
        for (const part of [0, 1, 2]) {
          await assert.rejects(async () => library.verify(changed(token, part), key), `part ${part}`);
          assert.equal(gate.verify(changed(token, part)).status, 1);
        }
      });

      test("refuses a token of jwtgate under another key", async () => {
        const token = gate.sign({ sub: "demo" });
        await assert.rejects(async () => library.verify(token, foreign));
      });

      test("refuses a token of jwtgate that has expired, and so does jwtgate", async () => {
        const token = gate.sign({ sub: "demo", iat: now() - 100, nbf: now() - 100, exp: now() - 1 });
        await assert.rejects(async () => library.verify(token, key));
        assert.equal(gate.verify(token).status, 3);
      });
    });
