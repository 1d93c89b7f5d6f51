import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { checkServerIdentity } from "node:tls";
import type { Guest } from "../rke2/world";
import type { Backend, BackendServer } from "./haproxy-config";

/** HealthCheck asks one server once. */
export type HealthCheck = () => Promise<boolean>;

/** healthCheckOf a server as its line says: TLS to the server, shown the certificate, judged by authority, name and status. */
export function healthCheckOf(guest: Guest, { check }: Backend, server: BackendServer): HealthCheck {
  const { address, port, keywords } = server;
  const read = (keyword: string): string => {
    const path = keywords.get(keyword);
    if (path === undefined) throw new Error(`[ALERT] server ${server.name}: no ${keyword}`);
    return readFileSync(join(guest.root, path), "utf8");
  };
  if (check === undefined || !keywords.has("check-ssl"))
    throw new Error(`[ALERT] server ${server.name}: an API server is asked in TLS, over HTTP`);
  if (keywords.get("verify") !== "required")
    throw new Error(
      `[ALERT] server ${server.name}: whoever answers would be believed, without verify required`,
    );
  const ca = read("ca-file");
  const credential = read("crt");
  const name = keywords.get("verifyhost");
  return () =>
    new Promise((resolve) => {
      const reached = guest.reach(address, port);
      if (reached === undefined) {
        resolve(false);
        return;
      }
      const asked = request({
        host: "127.0.0.1",
        port: reached,
        path: check.uri,
        headers: { host: check.host },
        agent: false,
        timeout: 3000,
        ca,
        cert: credential,
        key: credential,
        checkServerIdentity: (_, certificate) =>
          name === undefined ? undefined : checkServerIdentity(name, certificate),
      });
      asked.on("response", (response) => {
        response.resume();
        resolve(response.statusCode === check.status);
      });
      asked.on("timeout", () => asked.destroy());
      asked.on("error", () => {
        resolve(false);
      });
      asked.end();
    });
}
