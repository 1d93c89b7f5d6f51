import { parse } from "yaml";
import { z } from "zod";
import { readUserData } from "./read-document";
import haHaproxy from "../../examples/ha-haproxy";
import { clusterOf, everything, examples, rendered } from "./clusters";

const proxy = "http://192.168.0.2:3128";
const apt = z.object({ apt: z.object({ http_proxy: z.string(), https_proxy: z.string() }) });
const behind = everything.filter(
  ({ cluster, machine }) => cluster === "air-gap" && !machine.startsWith("installer"),
);

function file(userData: string, path: string): string | undefined {
  return readUserData(userData).write_files.find((each) => each.path === path)?.content;
}

test("the example is there, with a server and a worker", () => {
  expect(behind.map(({ machine }) => machine)).toEqual(["server-1", "worker-1", "worker-2"]);
});

test.each(behind.map((each) => [each.machine, each] as const))(
  "%s reaches packages, RKE2's release and images through the proxy",
  (machine, { userData }) => {
    expect(apt.parse(parse(userData)).apt).toEqual({ http_proxy: proxy, https_proxy: proxy });
    const unit = machine.startsWith("server") ? "rke2-server" : "rke2-agent";
    const environment = file(userData, `/etc/default/${unit}`);
    expect(environment).toContain(
      `HTTP_PROXY=${proxy}\nHTTPS_PROXY=${proxy}\nNO_PROXY=localhost,127.0.0.0/8,`,
    );
    const install = readUserData(userData).runcmd.find((each) => each[0] === "env");
    expect(install?.slice(0, 3)).toEqual(["env", `http_proxy=${proxy}`, `https_proxy=${proxy}`]);
    expect(install?.[4]).toBe("/usr/local/sbin/slipway-install-rke2");
  },
);

test("a machine in front of the servers takes its packages through the proxy, and names it nowhere else", () => {
  const network = { ...haHaproxy.network, proxy: { url: proxy } };
  const fronts = rendered(clusterOf({ ...haHaproxy, network })).filter(({ machine }) =>
    machine.startsWith("load-balancer-"),
  );
  expect(fronts).toHaveLength(2);
  for (const { userData } of fronts) {
    expect(apt.parse(parse(userData)).apt).toEqual({ http_proxy: proxy, https_proxy: proxy });
    expect(userData.split(proxy)).toHaveLength(3);
  }
});

test("what is the cluster's own is asked directly: nodes, pods, services, the API's address, and what the file names", () => {
  const { network, api } = examples["air-gap"] ?? { network: undefined, api: undefined };
  for (const { userData } of behind) {
    const text = file(userData, "/etc/default/rke2-server") ?? file(userData, "/etc/default/rke2-agent");
    const except = /^NO_PROXY=(.*)$/m.exec(text ?? "")?.[1]?.split(",");
    expect(except).toEqual(
      expect.arrayContaining([
        network?.nodes.cidr,
        network?.pods.cidr,
        network?.services.cidr,
        api?.address,
        ".svc",
        ".cluster.local",
        ".example.com",
      ]),
    );
  }
});

test("a server asks its peers without the proxy that its unit's environment names", () => {
  const dropIn = (cluster: string): string | undefined =>
    file(
      everything.find((each) => each.cluster === cluster && each.machine === "server-1")?.userData ?? "",
      "/etc/systemd/system/rke2-server.service.d/10-slipway-bootstrap.conf",
    );
  expect(dropIn("air-gap")).toContain(
    "ExecStartPre=/usr/bin/env --unset=HTTP_PROXY --unset=HTTPS_PROXY /usr/local/sbin/slipway-bootstrap\n",
  );
  expect(dropIn("home")).toContain("ExecStartPre=/usr/local/sbin/slipway-bootstrap\n");
});

test("the service that asks for a worker's Node has no proxy in its environment", () => {
  for (const { userData } of behind.slice(1)) {
    const unit = file(userData, "/etc/systemd/system/slipway-keep-registered.service");
    expect(unit).toContain("ExecStart=");
    expect(unit).not.toMatch(/Environment|proxy/i);
  }
});

test("a machine that reaches the outside by itself is told of no proxy", () => {
  for (const { cluster, userData } of everything)
    if (cluster !== "air-gap") expect(userData).not.toMatch(/https?_proxy/i);
});
