import { request } from "node:http";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Access } from "./access";

/** openTunnel gives a verified TLS connection to the API, through the proxy where there is one. */
export async function openTunnel(access: Access): Promise<TLSSocket> {
  const { hostname, port: given } = new URL(access.host);
  const host = hostname.replace(/^\[|\]$/g, "");
  const port = Number(given || "443");
  const socket =
    access.proxyUrl === undefined ? await dial(host, port) : await tunnelled(access.proxyUrl, host, port);
  const expected = access.serverName ?? host;
  const tls = connectTls({
    socket,
    host: expected,
    servername: isIP(expected) === 0 ? expected : "",
    rejectUnauthorized: access.insecure !== true,
    ...(access.authority !== undefined && { ca: access.authority }),
    ...(access.certificate !== undefined && { cert: access.certificate }),
    ...(access.key !== undefined && { key: access.key }),
  });
  await settled(tls, "secureConnect");
  return tls;
}

async function dial(host: string, port: number): Promise<Socket> {
  const socket = connectTcp({ host, port });
  await settled(socket, "connect");
  return socket;
}

function tunnelled(proxyUrl: string, host: string, port: number): Promise<Socket> {
  const { hostname, port: proxyPort } = new URL(proxyUrl);
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    request({
      host: hostname,
      port: proxyPort,
      method: "CONNECT",
      path: target,
      headers: { host: target },
      agent: false,
    })
      .once("connect", ({ statusCode, statusMessage }, socket: Socket) => {
        if (statusCode === 200) resolve(socket);
        else {
          socket.destroy();
          reject(new Error(statusMessage));
        }
      })
      .once("error", reject)
      .end();
  });
}

function settled(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once("error", fail);
    socket.once(event, () => {
      socket.off("error", fail);
      resolve();
    });
  });
}
