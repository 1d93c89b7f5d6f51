import { readFileSync } from "node:fs";
import { join } from "node:path";
import { billText } from "../../cli/bill/text";
import type { Model } from "../../config/model";
import { billOf } from "../../placement/bill";
import type { Loss } from "../../placement/losses";
import { loadModel } from "../../load-cluster";
import { expectGolden } from "../golden-file";
import { exampleOf, slipway } from "./slipway";

const files = {
  home: join(__dirname, "../../cluster.ts"),
  ha: exampleOf("ha"),
  "ha-haproxy": exampleOf("ha-haproxy"),
  "two-clusters": exampleOf("two-clusters"),
  "shared-storage": exampleOf("shared-storage"),
  imbalanced: join(__dirname, "../clusters/imbalanced.ts"),
};

describe.each(Object.entries(files))("the bill of %s", (name, file) => {
  const { model } = loadModel(file);

  it("reads as in the golden file, within 100 columns", () => {
    const text = billText(billOf(model));
    expectGolden(`bill/${name}.txt`, text);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("counts on its hosts what it counts in its clusters and its stores", () => {
    const { clusters, hosts, stores, total } = billOf(model);
    for (const fact of ["cores", "memory"] as const)
      expect(sumOf(hosts.map((host) => host[fact].asked))).toBe(sumOf(clusters.map((each) => each[fact])));
    expect(sumOf(hosts.map(({ disk }) => disk))).toBe(total.disk);
    expect(sumOf(stores.map(({ machines, templates }) => machines + templates))).toBe(total.disk);
    expect(sumOf(hosts.map(({ machines }) => machines))).toBe(total.machines);
  });
});

it("./slipway bill prints that text, and with --json the same numbers", () => {
  const { status, stdout } = slipway(["bill", "--cluster", files.imbalanced]);
  expect([status, stdout]).toEqual([0, billText(billOf(loadModel(files.imbalanced).model))]);
  const json = slipway(["bill", "--json", "--cluster", files.imbalanced]).stdout;
  expectGolden("bill/imbalanced.json", json);
});

it("docs/how-to/placement.md shows what its command prints", () => {
  const page = readFileSync(join(__dirname, "../../docs/how-to/placement.md"), "utf8");
  const [, args = ""] = /^```sh\n\.\/slipway (.*)\n```$/m.exec(page) ?? [];
  const [, shown] = /^```text\n(.*?)^```$/ms.exec(page) ?? [];
  expect(slipway(args.split(" ")).stdout).toBe(shown);
});

it("says quorum is lost with a host exactly where a rule warns of that host", () => {
  const { model, warnings } = loadModel(files.imbalanced);
  const warned = warnings.filter(({ code }) => code === "machines/one-host-holds-quorum");
  const lost = billOf(model).losses.filter(({ api }) => api === "no majority of etcd");
  expect(lost.map(({ host }) => host)).toEqual(["pve1"]);
  expect(warned.map(({ found }) => found)).toEqual(["server-1 and server-3 on pve1"]);
});

describe("the API, once a host is lost,", () => {
  const loss = (model: Model, host: string): Loss => {
    const found = billOf(model).losses.find((each) => each.host === host);
    if (found === undefined) throw new Error(`losing ${host} costs nothing`);
    return found;
  };

  it("answers at kube-vip's address while etcd has a majority", () => {
    expect(loss(loadModel(files.ha).model, "pve1").api).toBe("answers");
    expect(loss(loadModel(files.home).model, "pve1").api).toBe("no majority of etcd");
  });

  it("is gone with the first server where the address is that one's", () => {
    const { clusters } = loadModel(files.ha).model;
    const model: Model = {
      clusters: clusters.map((cluster) => {
        const [{ address } = cluster.api] = cluster.servers;
        return { ...cluster, api: { address, through: "first-server" } };
      }),
    };
    expect(loss(model, "pve1").api).toBe("no first server");
    expect(loss(model, "pve2").api).toBe("answers");
    expect(billText(billOf(model))).toContain("no API: its address is the first server's");
  });

  it("is gone with the last load balancer, and answers through the other one", () => {
    const { clusters } = loadModel(files["ha-haproxy"]).model;
    expect(loss({ clusters }, "pve1")).toMatchObject({ api: "answers", loadBalancers: { left: 1, of: 2 } });
    const together: Model = {
      clusters: clusters.map(({ api, ...cluster }) => {
        if (api.through !== "haproxy") throw new Error(`${cluster.name} has no load balancer`);
        const loadBalancers = api.loadBalancers.flatMap((one) =>
          api.loadBalancers.slice(0, 1).map(({ host }) => ({ ...one, host })),
        );
        return { ...cluster, api: { ...api, loadBalancers } };
      }),
    };
    expect(loss(together, "pve1")).toMatchObject({
      api: "no load balancer",
      loadBalancers: { left: 0, of: 2 },
    });
  });
});

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
