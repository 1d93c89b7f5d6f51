import { IMAGE } from "../proxmox/stand/site";
import { image, machine, systemDisk, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const sha256 = "a".repeat(64);
const known = { knownDownloads: { [IMAGE]: { bytes: 1000, checksums: { sha256 } } } };

withProvider("images", (open) => {
  test("an image with the publisher's checksum is stored once, and the second plan is empty", async () => {
    const { proxmox, workspace } = await open(known);
    const checked = image({ checksum: sha256, checksum_algorithm: "sha256" });
    await workspace.deploy(checked);
    expect(proxmox.state.volumes().map(({ volid, host }) => [volid, host])).toEqual([
      ["local:import/home-ubuntu-24.04.qcow2", "pve1"],
    ]);
    expect((await workspace.plan(checked)).changes).toEqual({});
  });

  test("refuses a download whose checksum is another, and stores nothing", async () => {
    const { proxmox, workspace } = await open(known);
    const other = image({ checksum: "b".repeat(64), checksum_algorithm: "sha256" });
    expect((await workspace.apply(other)).errors.join()).toMatch(
      /checksum mismatch: got 'a{64}' != expect 'b{64}'/,
    );
    expect(proxmox.state.volumes()).toEqual([]);
  });

  test("refuses to override a file that somebody put there", async () => {
    const { ask, tasksEnded, workspace } = await open();
    const file = { content: "import", filename: "home-ubuntu-24.04.qcow2", url: `${IMAGE}?other` };
    await ask("POST", "/nodes/pve1/storage/local/download-url", file);
    await tasksEnded();
    expect((await workspace.apply(image())).errors.join()).toContain("refusing to override existing file");
  });

  test("refuses a file name that Proxmox would not import from", async () => {
    const { workspace } = await open();
    const { errors } = await workspace.apply(image({ file_name: "home-ubuntu-24.04.img" }));
    expect(errors.join()).toContain("invalid filename or wrong extension");
  });

  test("refuses an import on a storage that does not take imports", async () => {
    const storages = [{ id: "local", type: "dir", shared: false, content: ["iso"], bytes: 1e12 }] as const;
    const { workspace } = await open({ storages });
    const { errors } = await workspace.apply(image());
    expect(errors.join()).toContain("storage 'local' is not configured for content-type 'import'");
  });

  test("refuses a template's disk made from an ISO", async () => {
    const { workspace } = await open();
    const iso = image({ content_type: "iso", file_name: "installer.iso" });
    const { errors } = await workspace.apply({ ...iso, ...vms({ template: template() }) });
    expect(errors.join()).toContain(
      "local:iso/installer.iso has wrong type 'iso' - needs to be 'images' or 'import'",
    );
  });

  test("refuses a disk from an image that is not there", async () => {
    const { proxmox, workspace } = await open();
    const disk = [systemDisk({ import_from: "local:import/none.qcow2" })];
    const { errors } = await workspace.apply(vms({ own: machine({ disk, name: "own", vm_id: 1031 }) }));
    expect(errors.join()).toContain("could not get size of local:import/none.qcow2");
    expect(proxmox.state.vms()).toEqual([]);
  });

  test("overwrite=false plans nothing though the publisher's file grew; overwrite=true would replace it", async () => {
    const knownDownloads = { [IMAGE]: { bytes: 1000 } };
    const { workspace } = await open({ knownDownloads });
    await workspace.deploy(image());
    knownDownloads[IMAGE] = { bytes: 2000 };
    expect((await workspace.plan(image())).changes).toEqual({});

    const asking = await open({ knownDownloads });
    await asking.workspace.deploy(image({ overwrite: true }));
    knownDownloads[IMAGE] = { bytes: 3000 };
    expect((await asking.workspace.plan(image({ overwrite: true }))).changes).toEqual({
      "proxmox_download_file.image": "replace",
    });
  });
});
