import { blockAt, modelOf, stackNamed, synthesize } from "./synthesized";

const machines = stackNamed(synthesize(modelOf("examples/ha-haproxy.ts")), "ha-haproxy-machines");
const vm = (name: string) => blockAt(machines, `proxmox_virtual_environment_vm.${name}`);
const inFront = [
  "proxmox_virtual_environment_vm.load-balancer-1",
  "proxmox_virtual_environment_vm.load-balancer-2",
];

test("the first server is made after the machines that lead to it, and no other node waits for them", () => {
  expect(vm("server-1")["depends_on"]).toEqual(expect.arrayContaining(inFront));
  for (const name of ["server-2", "server-3", "worker-1"])
    for (const address of inFront) expect(vm(name)["depends_on"]).not.toContain(address);
});

test("neither waits for the other, or for a node", () => {
  for (const name of ["load-balancer-1", "load-balancer-2"])
    expect(JSON.stringify(vm(name)["depends_on"])).not.toMatch(/server|worker|virtual_environment_vm\.load/);
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
