import haproxyExample from "../../../examples/ha-haproxy";
import { haproxyConfig } from "../../../cloud-init/load-balancer/haproxy";
import { keepalivedConfig } from "../../../cloud-init/load-balancer/keepalived";
import { readHaproxy } from "../../../lab/guests/load-balancer/haproxy-config";
import { readKeepalived } from "../../../lab/guests/load-balancer/keepalived-config";
import { clusterOf } from "../../cloud-init/clusters";

const cluster = clusterOf(haproxyExample);

function keepalived(): string {
  const { api } = cluster;
  const [node] = api.through === "haproxy" ? api.loadBalancers : [];
  if (api.through !== "haproxy" || node === undefined) throw new Error("the example has no load balancers");
  return keepalivedConfig(api, node);
}

test("haproxy.cfg is read as it is meant: 9345 follows the verdict on the same server's 6443", () => {
  const { frontends, backends } = readHaproxy(haproxyConfig(cluster));
  expect(frontends).toEqual([
    { name: "api", mode: "tcp", binds: [{ address: "*", port: 6443 }], backend: "api" },
    { name: "supervisor", mode: "tcp", binds: [{ address: "*", port: 9345 }], backend: "supervisor" },
    {
      name: "monitor",
      mode: "http",
      binds: [{ address: "127.0.0.1", port: 8404 }],
      monitor: { uri: "/ready", backend: "api", least: 1 },
    },
  ]);
  const places = backends.map(({ servers }) => servers.map(({ address, port }) => `${address}:${port}`));
  expect(places).toEqual([
    ["192.168.0.21:6443", "192.168.0.22:6443", "192.168.0.23:6443"],
    ["192.168.0.21:9345", "192.168.0.22:9345", "192.168.0.23:9345"],
  ]);
  expect(backends[1]?.servers.map(({ keywords }) => keywords.get("track"))).toEqual([
    "api/server-1",
    "api/server-2",
    "api/server-3",
  ]);
});

test("keepalived.conf is read as it is meant", () => {
  expect(readKeepalived(keepalived())).toMatchObject({
    scriptUser: "nobody",
    startupDelay: 10,
    scripts: [{ name: "haproxy", interval: 2, fall: 2, rise: 3 }],
    instances: [
      {
        state: "BACKUP",
        nopreempt: true,
        routerId: 20,
        priority: 101,
        source: "192.168.0.18",
        peers: ["192.168.0.19"],
        addresses: ["192.168.0.20"],
        scripts: ["haproxy"],
      },
    ],
  });
});

test.each([
  ["a directive", "retries 2", "retrys 2", "unknown keyword 'retrys 2' in 'defaults' section"],
  [
    "a directive in another section",
    "default_backend api",
    "chroot /",
    "unknown keyword 'chroot /' in 'frontend api'",
  ],
  ["a server's keyword", "slowstart", "slowstrt", "'server': unknown keyword 'slowstrt'"],
  ["PROXY protocol", "track api/server-1", "send-proxy", "'server': unknown keyword 'send-proxy'"],
  [
    "a backend",
    "default_backend api",
    "default_backend apis",
    "unable to find required default_backend: 'apis'",
  ],
])("refuses a haproxy.cfg with %s that it does not know", (_, text, other, refusal) => {
  const edited = haproxyConfig(cluster).replace(text, other);
  expect(() => readHaproxy(edited)).toThrow(refusal);
});

test.each([
  ["a keyword", "nopreempt", "nopreemt", "Unknown keyword 'nopreemt' in vrrp_instance"],
  ["a block", "vrrp_script haproxy", "vrrp_skript haproxy", "Unknown keyword 'vrrp_skript haproxy'"],
  ["a password", "nopreempt", "authentication {\n auth_pass x\n }", "Unknown keyword 'authentication'"],
  ["a router's number", "virtual_router_id 20", "virtual_router_id 256", "VRID '256' not valid"],
  ["a state", "state BACKUP", "state BACKUPS", "unknown state 'BACKUPS'"],
  [
    "a script",
    "track_script {\n    haproxy",
    "track_script {\n    haproxi",
    "track script haproxi not found",
  ],
  ["a brace", "  track_script {", "  track_script", "Unmatched braces"],
])("refuses a keepalived.conf with %s that it does not know", (_, text, other, refusal) => {
  expect(() => readKeepalived(keepalived().replace(text, other))).toThrow(refusal);
});
