import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import type { Json, JsonObject } from "../../contract";
import { at, listAt, numberAt, textAt } from "../../json";

/** Probe asks a container whether it is ready. */
export type Probe = () => Promise<boolean>;

/** readinessProbe of a container at its pod's address; undefined = it has none that the lab can ask. */
export function readinessProbe(container: JsonObject, address: string): Probe | undefined {
  const probe = at(container, "readinessProbe");
  const seconds = numberAt(probe, "timeoutSeconds") ?? 1;
  const http = at(probe, "httpGet");
  if (http !== undefined) {
    const port = portOf(container, at(http, "port"));
    return () => asksHttp(http, textAt(http, "host") ?? address, port, seconds);
  }
  const tcp = at(probe, "tcpSocket") ?? at(probe, "grpc");
  if (tcp === undefined) return undefined;
  const port = portOf(container, at(tcp, "port"));
  return () => takesConnections(address, port, seconds);
}

/** takesConnections: somebody listens there. */
export async function takesConnections(
  address: string,
  port: number | undefined,
  seconds = 1,
): Promise<boolean> {
  if (port === undefined) return false;
  const socket = connect({ host: address, port, timeout: seconds * 1000 });
  const answer = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => {
      resolve(true);
    });
    for (const event of ["error", "timeout"]) {
      socket.once(event, () => {
        resolve(false);
      });
    }
  });
  socket.destroy();
  return answer;
}

/** tcpPorts that a container names. */
export function tcpPorts(container: Json): readonly number[] {
  return listAt(container, "ports").flatMap((entry) => {
    const port = numberAt(entry, "containerPort");
    return port === undefined || (textAt(entry, "protocol") ?? "TCP") !== "TCP" ? [] : [port];
  });
}

/** portOf a probe: a number, or the name of one of the container's ports. */
function portOf(container: Json, port: Json | undefined): number | undefined {
  if (typeof port === "number") return port;
  const named = listAt(container, "ports").find((entry) => textAt(entry, "name") === port);
  return numberAt(named, "containerPort");
}

function asksHttp(http: Json, host: string, port: number | undefined, seconds: number): Promise<boolean> {
  if (port === undefined) return Promise.resolve(false);
  const headers = listAt(http, "httpHeaders").flatMap((header) => {
    const [name, value] = [textAt(header, "name"), textAt(header, "value")];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const options = {
    host,
    port,
    path: textAt(http, "path") ?? "/",
    headers: { "user-agent": "kube-probe/lab", ...Object.fromEntries(headers) },
    timeout: seconds * 1000,
    agent: false,
  };
  return new Promise((resolve) => {
    const outgoing =
      textAt(http, "scheme") === "HTTPS"
        ? httpsRequest({ ...options, rejectUnauthorized: false })
        : httpRequest(options);
    outgoing.once("response", (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    outgoing.once("timeout", () => outgoing.destroy());
    outgoing.once("error", () => {
      resolve(false);
    });
    outgoing.end();
  });
}
