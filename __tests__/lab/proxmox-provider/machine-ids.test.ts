import { image, machine, node, systemDisk, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = vms({ own: machine({ name: "own", vm_id: 1031, started: false }) });

withProvider("VM ids", (open) => {
  test("a stranger's machine with the same id is taken for the one created, and would be destroyed", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.addVm({ id: 1031, host: "pve1", name: "mail" });
    expect((await workspace.deploy(own)).errors).toEqual([]);
    const posted = proxmox.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/qemu"));
    const refusal = "unable to create VM 1031 - VM 1031 already exists on node 'pve1'";
    expect(posted.map(({ reason }) => reason)).toEqual([refusal, refusal]);
    expect(proxmox.state.vm(1031)).toMatchObject({ name: "mail" });
    await workspace.destroy();
    expect(proxmox.state.vm(1031)).toBeUndefined();
  });

  test("refuses at plan time what the stack's precondition sees: an id without our tag on it", async () => {
    const { proxmox, workspace } = await open();
    const strangers = `[for vm in data.proxmox_virtual_environment_vms.all.vms : "\${vm.name} on \${vm.node_name}" if vm.vm_id == 1031 && !contains(vm.tags, "slipway-home")]`;
    const precondition = {
      condition: `\${length(${strangers}) == 0}`,
      error_message: `VM 1031 is already another VM, \${join(", ", ${strangers})}.`,
    };
    const guarded = vms({
      own: machine({
        lifecycle: { precondition: [precondition] },
        name: "own",
        started: false,
        tags: ["slipway-home"],
        vm_id: 1031,
      }),
    });
    const all = { proxmox_virtual_environment_vms: { all: {} } };
    proxmox.hand.addVm({ id: 1031, host: "pve2", name: "mail" });
    const { errors } = await workspace.plan(guarded, all);
    expect(errors.join()).toContain("VM 1031 is already another VM, mail on pve2.");
    await proxmox.hand.deleteVm(1031);
    expect((await workspace.apply(guarded, all)).errors).toEqual([]);
    expect((await workspace.plan(guarded, all)).changes).toEqual({});
  });

  test("refuses to clone to an id that a stranger has, and leaves no disk behind", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy({ ...image(), ...vms({ template: template() }) });
    proxmox.hand.addVm({ id: 1031, host: "pve1", name: "mail" });
    const clone = { clone: { full: true, node_name: "pve1", retries: 1, vm_id: 9011 } };
    const { errors } = await workspace.apply({
      ...image(),
      ...vms({ template: template(), worker: node(clone) }),
    });
    expect(errors.join()).toContain("VM 1031 already exists on node 'pve1'");
    expect(proxmox.state.volumes().filter(({ owner }) => owner === 1031)).toEqual([]);
  });

  test("an explicit id asks Proxmox for no free one; without it the provider does", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(vms({ own: machine({ name: "own", vm_id: 1031, started: false }) }));
    expect(proxmox.requests.filter(({ path }) => path === "/cluster/nextid")).toEqual([]);
    await workspace.deploy(
      vms({
        own: machine({ name: "own", vm_id: 1031, started: false }),
        any: machine({ name: "any", started: false }),
      }),
    );
    expect(proxmox.requests.filter(({ path }) => path === "/cluster/nextid")).not.toEqual([]);
    expect(proxmox.state.vms().map(({ id }) => id)).toEqual([100, 1031]);
  });

  test("a machine deleted behind Terraform's back is planned anew, and alone", async () => {
    const { proxmox, workspace } = await open();
    const stack = vms({
      lost: machine({ name: "lost", vm_id: 1031, disk: [systemDisk()] }),
      kept: machine({ name: "kept", vm_id: 1032, disk: [systemDisk()] }),
    });
    await workspace.deploy(stack);
    await proxmox.hand.deleteVm(1031);
    expect((await workspace.plan(stack)).changes).toEqual({
      "proxmox_virtual_environment_vm.lost": "create",
    });
  });

  test("refuses to go on when a machine vanishes between clone and configuration", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy({ ...image(), ...vms({ template: template() }) });
    const reason = "Configuration file 'nodes/pve1/qemu-server/1031.conf' does not exist";
    proxmox.hand.fail({ method: "PUT", path: "/qemu/1031/config" }, { kind: "answer", status: 500, reason });
    const { errors } = await workspace.apply({
      ...image(),
      ...vms({ template: template(), worker: node() }),
    });
    expect(errors.join()).toContain("does not exist");
  });

  test("asked directly: nextid refuses a used id, and a missing machine has no configuration file", async () => {
    const { ask, proxmox } = await open();
    proxmox.hand.addVm({ id: 100, host: "pve1" });
    expect(await ask("GET", "/cluster/nextid", { vmid: "100" })).toMatchObject({
      status: 400,
      reason: "Parameter verification failed.",
      errors: { vmid: "VM 100 already exists" },
    });
    expect((await ask("GET", "/cluster/nextid")).data).toBe("101");
    expect(await ask("GET", "/nodes/pve2/qemu/100/config")).toMatchObject({
      status: 500,
      reason: "Configuration file 'nodes/pve2/qemu-server/100.conf' does not exist",
    });
  });
});
