// Measures jsonwebtoken with the tokens of `jwt_bench --tokens` on its standard input.
// Prints nanoseconds as JSON: {"verify", "sign"}.
import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';

const runs = 9;
const milliseconds = 200;

// The median of several runs of one call, over all inputs in turn.
function nanoseconds(call, inputs) {
  const times = [];
  for (let calls = inputs.length; times.length < runs;) {
    const start = performance.now();
    for (let i = 0; i < calls; ++i) call(inputs[i % inputs.length]);
    const took = performance.now() - start;
    if (took < milliseconds) calls *= 2;
    else times.push((took / calls) * 1e6);
  }
  return times.sort((a, b) => a - b)[(runs - 1) / 2];
}

const [secret, ...tokens] = readFileSync(0, 'utf8').trim().split('\n');
const key = createSecretKey(secret, 'utf8');
const { kid } = jwt.decode(tokens[0], { complete: true }).header;

const verification = { algorithms: ['HS256'] };
const signing = { algorithm: 'HS256', keyid: kid };
const verify = (token) => jwt.verify(token, key, verification); // exp and nbf too; throws when it refuses
const sign = (claims) => jwt.sign(claims, key, signing);

const claims = tokens.map(verify);
for (const said of claims) assert.deepEqual(verify(sign(said)), said);

console.log(JSON.stringify({ verify: nanoseconds(verify, tokens), sign: nanoseconds(sign, claims) }));
