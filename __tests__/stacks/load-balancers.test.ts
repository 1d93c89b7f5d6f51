import { blockAt, modelOf, stackNamed, synthesize } from "./synthesized";

const machines = stackNamed(synthesize(modelOf("examples/ha-haproxy.ts")), "ha-haproxy-machines");
const vm = (name: string) => blockAt(machines, `proxmox_virtual_environment_vm.${name}`);
const awaited = (name: string): string[] =>
  JSON.stringify(vm(name)["depends_on"]).match(/(?<=null_resource\.)[a-z0-9-]+_ready/g) ?? [];

test("one waits for the gate of the other, and for no node", () => {
  expect(awaited("load-balancer-1")).toEqual([]);
  expect(awaited("load-balancer-2")).toEqual(["load-balancer-1_ready"]);
  for (const name of ["load-balancer-1", "load-balancer-2"])
    expect(JSON.stringify(vm(name)["depends_on"])).not.toMatch(/server|worker/);
});

test("the first server is made when both lead to it, and no other node waits for them", () => {
  expect(awaited("server-1")).toEqual(["load-balancer-1_ready", "load-balancer-2_ready"]);
  for (const name of ["server-2", "server-3", "worker-1"])
    expect(JSON.stringify(vm(name)["depends_on"])).not.toContain("load-balancer");
});

test("nothing protects them, for nothing on them has to be kept", () => {
  expect(JSON.stringify(vm("server-1")["lifecycle"])).toContain("prevent_destroy");
  expect(JSON.stringify(vm("load-balancer-1")["lifecycle"])).not.toContain("prevent_destroy");
});

test("they show one certificate, of a user in no group", () => {
  const requests = [...machines.blocks].filter(([address]) =>
    /^tls_cert_request\.load-balancer/.test(address),
  );
  expect(requests.map(([, block]) => block["subject"])).toEqual([[{ common_name: "slipway:load-balancer" }]]);
});

test("their hosts are asked for before a change, also where no node is", () => {
  const model = modelOf("examples/ha-haproxy.ts");
  const [cluster] = model.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  const [first] = cluster.servers;
  if (first === undefined) throw new Error("no server");
  if (cluster.api.through !== "haproxy") throw new Error("no load balancers");
  const { template } = first;
  const loadBalancers = cluster.api.loadBalancers.map((node) => ({ ...node, template }));
  const onOne = {
    ...cluster,
    servers: [first],
    workers: [],
    template: { ...cluster.template, vms: [template] },
    api: { ...cluster.api, loadBalancers },
  };
  const stack = stackNamed(synthesize({ clusters: [onOne] }), "ha-haproxy-machines");
  const asked = [...stack.blocks.keys()].filter((address) => address.includes("datastores-"));
  expect(asked.map((address) => /datastores-(pve\d)/.exec(address)?.[1]).sort()).toEqual(["pve1", "pve2"]);
});
