import "reflect-metadata";
import { randomUUID, webcrypto } from "node:crypto";
import { createServer, type Server } from "node:https";
import { TLSSocket } from "node:tls";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { clientCertificate, type PemPair, serverCertificate } from "../../lab/network/certificate";
import type { LabNetwork } from "../../lab/network";

const hour = 3_600_000;
const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Authorities of one cluster, and what a server of it was given. */
export interface Identity {
  readonly server: PemPair;
  readonly client: PemPair;
  readonly rejoin: PemPair;
}

/** identity of a cluster whose CAs were made so many hours ago. */
export async function identity(node: string, ageHours = 1): Promise<Identity> {
  const client = await authority("client", ageHours);
  return {
    server: await authority("server", ageHours),
    client,
    rejoin: await clientCertificate(client, { commonName: `slipway:rejoin:${node}` }),
  };
}

/** Api answers a request with a status; undefined = no API server listens. */
export type Api = ((method: string) => number) | undefined;

/** live puts a server of the cluster at address: supervisor on 9345, API on 6443. It returns what both were asked. */
export async function live(
  network: LabNetwork,
  address: string,
  { server, client }: Identity,
  api: Api,
  ping = 200,
): Promise<string[]> {
  const asked: string[] = [];
  const { certificatePem: cert, keyPem: key } = await serverCertificate(server, "rke2", [address]);
  await network.attach(
    address,
    9345,
    createServer({ cert, key }, (request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(ping).end("pong");
    }),
  );
  if (api !== undefined) {
    const options = { cert, key, requestCert: true, rejectUnauthorized: false, ca: client.certificatePem };
    await network.attach(address, 6443, apiServer(options, asked, api));
  }
  return asked;
}

function apiServer(options: object, asked: string[], api: NonNullable<Api>): Server {
  return createServer(options, (request, response) => {
    const { method = "", url = "", socket } = request;
    const known = socket instanceof TLSSocket && socket.authorized;
    asked.push(`${known ? socket.getPeerCertificate().subject.CN : "nobody"} ${method} ${url}`);
    response.writeHead(known ? api(method) : 401).end();
  });
}

async function authority(name: string, ageHours: number): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const born = Date.now() - ageHours * hour;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`rke2-${name}-ca@${randomUUID()}`] }],
    notBefore: new Date(born),
    notAfter: new Date(born + 24 * 3650 * hour),
    signingAlgorithm: curve,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    certificatePem: `${certificate.toString("pem")}\n`,
    keyPem: `-----BEGIN PRIVATE KEY-----\n${key.match(/.{1,64}/g)?.join("\n") ?? ""}\n-----END PRIVATE KEY-----\n`,
  };
}
