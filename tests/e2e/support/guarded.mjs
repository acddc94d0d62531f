// A site that sends everybody to the login, whatever cookies come: as one behind a gate that the cookies do not reach.
import { once } from "node:events";
import { createServer } from "node:http";

export async function guardedBy(login, host) {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url !== "/x") return response.writeHead(204).end();
    ++asked;
    response.writeHead(302, { Location: `${login.url}/?rd=${encodeURIComponent(`${origin}/x`)}` }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://${host}:${server.address().port}`;
  return {
    origin,
    asked: () => asked,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections?.();
      server.close(resolve);
    }),
  };
}
