import type { AddressPool } from "../../config/model/load-balancer";
import { type Ipv4Range, parseRange } from "../../config/network";
import { poolObjects } from "../../kubernetes/metallb";
import { expectGolden } from "../golden-file";
import { noCrds, refusalsOf } from "./crds";
import { ipv4 } from "./ingress/istio-and-nginx";
import { documents } from "./samples";
import { skipped } from "../skipped";

const pool: AddressPool = {
  name: "default",
  addresses: [
    range("192.168.0.241-192.168.0.244"),
    range("192.168.0.246"),
    range("192.168.0.248-192.168.0.250"),
  ],
  reserved: [ipv4("192.168.0.240"), ipv4("192.168.0.245"), ipv4("192.168.0.247")],
  autoAssign: true,
  avoidBuggyIps: true,
  announce: { nodeLabels: {}, interfaces: [] },
};

const narrow: AddressPool = {
  ...pool,
  name: "outside",
  autoAssign: false,
  announce: { nodeLabels: { "example.com/uplink": "yes" }, interfaces: ["eth1"] },
};

test("a pool is what MetalLB gives out, what it keeps for those who ask, and who announces both", () => {
  expectGolden("kubernetes/pools.yaml", documents([pool, narrow].flatMap(poolObjects)));
});

test("a part without addresses is not made, for MetalLB refuses an empty pool", () => {
  const namesOf = (each: AddressPool): unknown[] =>
    poolObjects(each).map(({ kind, metadata, spec }) => [kind, metadata.name, spec]);
  expect(namesOf({ ...pool, addresses: [] })).toMatchObject([
    ["IPAddressPool", "default-reserved", {}],
    ["L2Advertisement", "default", { ipAddressPools: ["default-reserved"] }],
  ]);
  expect(namesOf({ ...pool, reserved: [] })).toMatchObject([
    ["IPAddressPool", "default", {}],
    ["L2Advertisement", "default", { ipAddressPools: ["default"] }],
  ]);
  expect(namesOf({ ...pool, addresses: [], reserved: [] })).toEqual([]);
});

test("nobody gets a reserved address who does not ask, and whoever asks gets it even if it ends in .255", () => {
  expect(poolObjects(pool)[1]?.["spec"]).toMatchObject({ autoAssign: false, avoidBuggyIPs: false });
});

if (noCrds === undefined) {
  test("MetalLB's own definitions accept every object", () => {
    expect([pool, narrow].flatMap(poolObjects).flatMap(refusalsOf)).toEqual([]);
  });
} else {
  skipped("pools are held against MetalLB's own definitions", noCrds);
}

function range(text: string): Ipv4Range {
  const read = parseRange(text);
  if (read === undefined) throw new Error(`${text} is no range`);
  return read;
}
