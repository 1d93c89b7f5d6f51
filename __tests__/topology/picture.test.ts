import { join } from "node:path";
import { loadModel } from "../../load-cluster";
import { bounds, folded } from "../../topology/bounds";
import { boxesOf, type Box, type End, type Part, type Picture } from "../../topology/picture";
import { pictureOf } from "../../topology/picture-of";
import { drawnModels } from "./examples";
import { largeCluster } from "./large-cluster";

describe("the way of a request", () => {
  it("leads from DNS through the proxy, MetalLB's address and the route to the service", () => {
    expect(waysIn(pictureOfFile("cluster.ts"))).toEqual([
      "Browser -> Nginx Proxy Manager",
      "Nginx Proxy Manager: main.test.com -> MetalLB: 192.168.0.240",
      "MetalLB: 192.168.0.240 -> Traefik",
      "Traefik: main.test.com/hello -> hello",
    ]);
  });

  it("ends where the proxy answers itself, and reaches a service of its own address without the ingress", () => {
    const ways = waysIn(pictureOfFile("examples/edge.ts"));
    for (const name of ["www.example.org", "old.test.com", "inside.test.com"])
      expect(ways.filter((way) => way.startsWith(`Nginx Proxy Manager: ${name} `))).toEqual([]);
    expect(ways).toContain("Nginx Proxy Manager: TCP 7777 -> MetalLB: 192.168.0.241");
    expect(ways).toContain("MetalLB: 192.168.0.241 -> game");
    expect(ways).toContain("Browser inside -> MetalLB: 192.168.0.240");
  });

  it("names both services of a canary with their shares, and the header that chooses one", () => {
    const [requests] = partsOf(pictureOfFile("examples/canary.ts"));
    const rows = boxNamed(requests, "Traefik").rows.map(({ text, note }) => `${text} ${note}`);
    expect(rows).toEqual(["shop.test.com/ x-canary: always", "shop.test.com/ 90 %", "shop.test.com/ 10 %"]);
    expect(new Set(waysIn(pictureOfFile("examples/canary.ts")).slice(-3))).toEqual(
      new Set(["Traefik: shop.test.com/ -> next", "Traefik: shop.test.com/ -> stable"]),
    );
  });

  it("needs no ingress where a port of every node leads to the service", () => {
    expect(waysIn(pictureOfFile("examples/node-port.ts"))).toEqual([
      "Browser inside -> Node ports",
      "Node ports: TCP 30080 -> hello",
    ]);
  });
});

describe("the machines", () => {
  it("are every machine of every example, each once, on its host, with its address and size", () => {
    for (const [name, model] of Object.entries(drawnModels)) {
      if (name === "large") continue;
      model().clusters.forEach(({ servers, workers }, index) => {
        const [, machines] = partsOf(pictureOf(model()), index);
        const drawn = (machines?.columns ?? [])
          .flat()
          .flatMap((item) =>
            item.kind === "room"
              ? boxesOf([item]).map(({ title, lines }) => [item.title, title, lines.slice(1)])
              : [],
          );
        const nodes = [...servers, ...workers].map((node) => [
          node.host.name,
          node.name,
          [node.address, `${node.cores} cores, ${node.memory / 1024} GiB`],
        ]);
        expect(drawn).toEqual(expect.arrayContaining(nodes));
        expect(drawn.length - nodes.length).toBe(name === "ha-haproxy" ? 2 : 0);
      });
    }
  });

  it("that may hold the API's address have an arrow from it", () => {
    const holders = (file: string) => waysIn(pictureOfFile(file), 1).map((way) => way.split(" -> ")[1]);
    expect(holders("examples/ha.ts")).toEqual(["server-1", "server-2", "server-3"]);
    expect(holders("examples/ha-haproxy.ts")).toEqual(["load-balancer-1", "load-balancer-2"]);
    const [cluster] = loadModel(fileOf("examples/ha.ts")).model.clusters;
    if (cluster === undefined) throw new Error("examples/ha.ts has no cluster");
    const [first] = cluster.servers;
    const api = { address: first?.address ?? cluster.api.address, through: "first-server" } as const;
    const alone = pictureOf({ clusters: [{ ...cluster, api }] });
    expect(waysIn(alone, 1)).toEqual(["Kubernetes API -> server-1"]);
  });
});

describe("a cluster of 100 nodes and 300 routes", () => {
  const [requests, machines] = partsOf(pictureOf(largeCluster()));

  it("is folded at the stated bounds, and what is folded is counted", () => {
    const last = (title: string) => boxNamed(requests, title).rows.at(-1)?.text;
    expect([last("Nginx Proxy Manager"), last("Traefik")]).toEqual([
      "and 289 more names",
      "and 287 more rules",
    ]);
    expect(boxNamed(requests, "Nginx Proxy Manager").rows).toHaveLength(bounds.edgeRows);
    expect(boxNamed(requests, "Traefik").rows).toHaveLength(bounds.routeRows);
    expect(requests?.columns.at(-1)).toHaveLength(bounds.services);
    expect(boxNamed(requests, "and 91 more services").kind).toBe("more");
  });

  it("shows each server, each load balancer, and every worker in some count", () => {
    const boxes = boxesOf(machines?.columns.flat() ?? []);
    expect(boxes.filter(({ kind }) => kind === "server")).toHaveLength(3);
    expect(boxes.filter(({ kind }) => kind === "load-balancer")).toHaveLength(2);
    const counts = boxes.filter(({ kind }) => kind === "worker").map(({ title }) => parseInt(title, 10));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(97);
    expect(boxes.find(({ title }) => title === "24 machines")?.lines).toEqual([
      "worker, pool gpu",
      "gpu-1 to gpu-24",
      "4 cores, 8 GiB each",
    ]);
  });

  it("shows hosts with servers and load balancers, and the others as one", () => {
    const hosts = (machines?.columns ?? []).flat().filter(({ kind }) => kind === "room");
    expect(hosts).toHaveLength(bounds.hosts);
    expect(hosts.at(-1)?.title).toBe("and 7 more hosts");
  });
});

it("a list at its bound is drawn whole, and one beyond it never folds a single line", () => {
  expect(folded([1, 2, 3], 3)).toEqual({ shown: [1, 2, 3], more: 0 });
  expect(folded([1, 2, 3, 4], 3)).toEqual({ shown: [1, 2], more: 2 });
});

function fileOf(name: string): string {
  return join(__dirname, "../..", name);
}

function pictureOfFile(name: string): Picture {
  return pictureOf(loadModel(fileOf(name)).model);
}

function partsOf({ sheets }: Picture, sheet = 0): readonly Part[] {
  return sheets[sheet]?.parts ?? [];
}

function boxNamed(part: Part | undefined, title: string): Box {
  const box = boxesOf(part?.columns.flat() ?? []).find((each) => each.title === title);
  if (box === undefined) throw new Error(`no box is called ${title}`);
  return box;
}

/** waysIn a part, as a reader says them: the box's title, its row, where it leads. */
function waysIn(picture: Picture, index = 0): string[] {
  const part = partsOf(picture)[index];
  const boxes = boxesOf(part?.columns.flat() ?? []);
  const said = ({ box, row }: End): string => {
    const found = boxes.find(({ id }) => id === box);
    const text = found?.rows.find(({ id }) => id === row)?.text;
    return text === undefined ? (found?.title ?? "nowhere") : `${found?.title ?? ""}: ${text}`;
  };
  return (part?.arrows ?? []).map(({ from, to }) => `${said(from)} -> ${said(to)}`);
}
