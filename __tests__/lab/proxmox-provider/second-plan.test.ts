import { image, node, pool, poolName, snippet, snippets, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

withProvider("the second plan", (open) => {
  test("is empty for the whole chain of image, template, snippets and node, and destroy leaves nothing", async () => {
    const { proxmox, room, workspace } = await open();
    const stack = {
      ...pool,
      ...image({ depends_on: ["proxmox_virtual_environment_pool.pool"] }),
      ...snippets({ user: snippet("home-worker-1-user-data.yaml", "#cloud-config\n") }),
      ...vms({
        template: template({ pool_id: poolName }),
        worker: node({
          depends_on: ["proxmox_virtual_environment_vm.template", "proxmox_virtual_environment_file.user"],
          initialization: {
            datastore_id: "local-lvm",
            interface: "ide2",
            user_data_file_id: "local:snippets/home-worker-1-user-data.yaml",
          },
          pool_id: poolName,
        }),
      }),
    };
    await workspace.deploy(stack);
    expect(room.booted.map(({ vmId }) => vmId)).toEqual([1031]);
    expect(room.booted[0]?.seed?.userData).toBe("#cloud-config\n");
    expect((await workspace.plan(stack)).changes).toEqual({});
    expect(proxmox.schemaViolations).toEqual([]);

    expect((await workspace.destroy()).errors).toEqual([]);
    expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
  });
});
