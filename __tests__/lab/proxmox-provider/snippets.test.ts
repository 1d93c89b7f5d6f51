import {
  image,
  machine,
  node,
  snippet,
  snippets,
  systemDisk,
  template,
  vms,
  type Block,
} from "./trial/shapes";
import { withProvider } from "./trial/trial";

const fileName = "home-worker-1-user-data.yaml";
const volid = `local:snippets/${fileName}`;
const chained = ["proxmox_virtual_environment_vm.template", "proxmox_virtual_environment_file.user"];

/** stack whose node names its snippet by `id`. */
const stack = (data: string, id: string) => ({
  ...image(),
  ...snippets({ user: snippet(fileName, data) }),
  ...vms({
    template: template(),
    worker: node({
      depends_on: chained,
      initialization: { datastore_id: "local-lvm", interface: "ide2", user_data_file_id: id },
    }),
  }),
});

const alone = (initialization: Block) =>
  vms({ own: machine({ disk: [systemDisk()], initialization, name: "own", vm_id: 1031 }) });

withProvider("snippets", (open) => {
  test("editing a snippet replaces the snippet only: the machine names it literally and depends on it", async () => {
    const { proxmox, room, workspace } = await open();
    await workspace.deploy(stack("#cloud-config\n", volid));
    const edited = stack("#cloud-config\n# edited\n", volid);
    expect((await workspace.deploy(edited)).changes).toEqual({
      "proxmox_virtual_environment_file.user": "replace",
    });
    expect(proxmox.state.snippet("pve1", volid)).toBe("#cloud-config\n# edited\n");
    expect(room.booted).toHaveLength(1);
    expect((await workspace.plan(edited)).changes).toEqual({});
  });

  test("through a reference the same edit would replace the machine", async () => {
    const { workspace } = await open();
    const reference = "${proxmox_virtual_environment_file.user.id}";
    await workspace.deploy(stack("#cloud-config\n", reference));
    expect((await workspace.plan(stack("#cloud-config\n# edited\n", reference))).changes).toEqual({
      "proxmox_virtual_environment_file.user": "replace",
      "proxmox_virtual_environment_vm.worker": "replace",
    });
  });

  test("a clone's cloud-init drive holds its snippets, byte for byte", async () => {
    const { proxmox, room, workspace } = await open();
    await workspace.deploy(stack("#cloud-config\nruncmd: [\"echo 'ä'\"]\n", volid));
    expect(room.booted[0]?.seed?.userData).toBe("#cloud-config\nruncmd: [\"echo 'ä'\"]\n");
    expect(proxmox.state.vm(1031)?.config).toMatchObject({
      cicustom: `user=${volid}`,
      ide2: expect.stringMatching(/^local-lvm:vm-1031-cloudinit,media=cdrom/),
    });
  });

  test("refuses to store a snippet where the storage does not take snippets", async () => {
    const storages = [{ id: "local", type: "dir", shared: false, content: ["iso"], bytes: 1e12 }] as const;
    const { proxmox, workspace } = await open({ storages });
    const { errors } = await workspace.apply(snippets({ user: snippet(fileName, "x") }));
    expect(errors.join()).toContain(`/var/lib/vz/snippets/${fileName}: No such file or directory`);
    expect(proxmox.state.volumes()).toEqual([]);
  });

  test("refuses to start a machine whose snippet is not on its host", async () => {
    const { room, workspace } = await open();
    const { errors } = await workspace.apply(
      alone({ datastore_id: "local-lvm", interface: "ide2", user_data_file_id: "local:snippets/none.yaml" }),
    );
    expect(errors.join()).toContain("volume 'local:snippets/none.yaml' does not exist");
    expect(room.booted).toEqual([]);
  });

  test("cloud-init settings of a template stay on its clone, so templates have none", async () => {
    const { proxmox, workspace } = await open();
    const initialization = {
      datastore_id: "local-lvm",
      interface: "ide2",
      user_account: { username: "left-over" },
    };
    const inheriting = {
      ...image(),
      ...snippets({ user: snippet(fileName, "#cloud-config\n") }),
      ...vms({
        template: template({ initialization }),
        worker: node({
          depends_on: chained,
          initialization: { datastore_id: "local-lvm", interface: "ide2", user_data_file_id: volid },
        }),
      }),
    };
    await workspace.deploy(inheriting);
    expect(proxmox.state.vm(1031)?.config["ciuser"]).toBe("left-over");
    expect((await workspace.plan(inheriting)).changes).toEqual({});
    const clean = await open();
    await clean.workspace.deploy(stack("#cloud-config\n", volid));
    expect(clean.proxmox.state.vm(1031)?.config["ciuser"]).toBeUndefined();
  });
});
