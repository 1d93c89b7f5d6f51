import { ClusterProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { withValue } from "../../config/schema/shape";
import { optioned } from "../clusters/optioned";

const secret = "Hunter2.is-the-secret";

/** Where an operator in a hurry writes a secret, and in which form. */
const written: readonly [place: string, value: unknown][] = [
  ["servers etcd snapshots s3 accessKey", secret],
  ["servers etcd snapshots s3 secretKey", secret],
  ["servers etcd snapshots s3 secretKey fromVariable", secret],
  ["servers etcd snapshots s3 secretKey value", secret],
  ["servers etcd snapshots s3 sessionToken", secret],
  ["servers etcd snapshots s3 endpoint", `https://key:${secret}@s3.test.com`],
  ["servers etcd snapshots s3 ca", `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`],
  ["rke2 registries configs registry.test.com:5000 auth password", secret],
  ["rke2 registries configs registry.test.com:5000 auth password fromVariable", secret],
  ["rke2 registries configs registry.test.com:5000 auth token", secret],
  ["rke2 registries configs registry.test.com:5000 auth auth", secret],
  ["rke2 registries configs registry.test.com:5000 tls key", secret],
  ["rke2 registries configs registry.test.com:5000 tls ca", secret],
  ["rke2 registries mirrors docker.io endpoint", [`https://nodes:${secret}@registry.test.com`]],
  ["rke2 artifacts from", `https://nodes:${secret}@releases.test.com`],
  ["rke2 token", secret],
  ["rke2 agent-token", secret],
  ["network proxy url", `http://nodes:${secret}@192.168.0.3:3128`],
  ["network proxy url", `nodes:${secret}@192.168.0.3:3128`],
  ["network proxy password", secret],
  ["state s3 secretKey", secret],
  ["state s3 accessKey", secret],
  ["state s3 endpoint", `https://key:${secret}@s3.test.com`],
  ["state", { http: { address: `https://ci:${secret}@git.test.com/state` } }],
  ["state", { http: { address: "https://git.test.com/state", password: secret } }],
  ["state", { pg: { connStr: `postgres://state:${secret}@db.test.com/state` } }],
  ["state", { pg: { conn_str: secret } }],
];

test.each(written)("refuses a secret at %s and does not repeat it", (place, value) => {
  const literal = withValue(optioned, place.split(" "), value);
  const refusal = refusalOf(literal);
  expect(refusal).toContain("nothing was synthesised");
  expect(refusal).not.toContain(secret);
});

function refusalOf(literal: unknown): string {
  try {
    resolve([literal]);
    return "";
  } catch (error) {
    if (error instanceof ClusterProblems) return error.message;
    throw error;
  }
}
