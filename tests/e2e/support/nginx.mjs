// Debian's nginx in front of a server, which it serves under /gate/.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const temporary = (folder) =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");

const configuration = (folder, port, server) => `
${process.getuid() === 0 ? "user root;" : ""}
daemon off;
pid ${folder}/pid;
events {}
http {
  ${temporary(folder)}
  access_log off;
  upstream jwtgate { server ${new URL(server.url).host}; }
  server {
    listen 127.0.0.1:${port};
    location / { return 404; }
    location /gate/ {
      proxy_pass http://jwtgate/;
      proxy_set_header Host $http_host;
    }
  }
}`;

export async function startNginx(server) {
  const folder = mkdtempSync(join(tmpdir(), "jwtgate-nginx-"));
  const port = await freePort();
  writeFileSync(join(folder, "nginx.conf"), configuration(folder, port, server));
  const child = spawn("/usr/sbin/nginx", ["-p", folder, "-c", "nginx.conf", "-e", "error.log"], { stdio: "inherit" });
  const ended = once(child, "exit");
  await Promise.race([answers(port), ended.then(([code]) => Promise.reject(new Error(`nginx ended: ${code}`)))]);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

async function answers(port) {
  for (;;) {
    const probe = connect(port, "127.0.0.1");
    const connected = await once(probe, "connect").then(() => true, () => false);
    probe.destroy();
    if (connected) return;
    await wait(20);
  }
}
