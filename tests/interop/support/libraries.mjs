// The libraries behind one face: sign(claims, header, key) gives a token, verify(token, key) the claims, or throws.
import { createSigner, createVerifier } from "fast-jwt";
import { jwtVerify, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";

export const libraries = {
  jose: {
    sign: (claims, header, key) => new SignJWT(claims).setProtectedHeader(header).sign(key.secret),
    verify: async (token, key) => (await jwtVerify(token, key.secret, { algorithms: [key.alg] })).payload,
  },
  jsonwebtoken: {
    sign: (claims, header, key) => jsonwebtoken.sign(claims, key.secret, { algorithm: header.alg, header }),
    verify: (token, key) => jsonwebtoken.verify(token, key.secret, { algorithms: [key.alg] }),
  },
  "fast-jwt": {
    sign: (claims, header, key) =>
      createSigner({ key: key.secret, algorithm: header.alg, kid: header.kid })(claims),
    verify: (token, key) => createVerifier({ key: key.secret, algorithms: [key.alg] })(token),
  },
};
