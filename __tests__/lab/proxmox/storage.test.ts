import { type Stand, standUp } from "./stand/lab";
import { IMAGE } from "./stand/site";
import { createdVm, imported } from "./stand/vms";

const DIGEST = "ab".repeat(32);
let stand: Stand;
beforeEach(async () => {
  const known = { bytes: 600_000_000, virtualBytes: 4 * 1024 ** 3, checksums: { sha256: DIGEST } };
  stand = await standUp({ knownDownloads: { [IMAGE]: known } });
});
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const download = (given: Record<string, string>, storage = "local"): Promise<string> =>
  stand.run("POST", `/nodes/pve1/storage/${storage}/download-url`, {
    content: "import",
    filename: "noble.qcow2",
    url: IMAGE,
    ...given,
  });
const checked = (checksum: string): Record<string, string> => ({ checksum, "checksum-algorithm": "sha256" });

describe("a download", () => {
  it("is listed on its host with the size that its server tells", async () => {
    const query = { url: IMAGE };
    expect((await stand.ask("GET", "/nodes/pve1/query-url-metadata", { query })).data).toMatchObject({
      filename: "noble-server-cloudimg-amd64.img",
      size: 600_000_000,
    });
    expect(await download(checked(DIGEST))).toBe("OK");
    const list = (host: string): Promise<unknown> =>
      stand
        .ask("GET", `/nodes/${host}/storage/local/content`, { query: { content: "import" } })
        .then(({ data }) => data);
    expect(await list("pve1")).toMatchObject([
      { volid: "local:import/noble.qcow2", content: "import", format: "qcow2", size: 600_000_000 },
    ]);
    expect(await list("pve2")).toEqual([]);
  });

  it("tells the size of the disk inside when asked for one volume", async () => {
    await download({});
    const { data } = await stand.ask("GET", "/nodes/pve1/storage/local/content/local:import%2Fnoble.qcow2");
    expect(data).toMatchObject({
      size: 4 * 1024 ** 3,
      path: "/var/lib/vz/import/noble.qcow2",
      format: "qcow2",
    });
  });

  it("to a shared storage is there on every host", async () => {
    await imported(stand, "pve1", "nas");
    const { data } = await stand.ask("GET", "/nodes/pve3/storage/nas/content");
    expect(data).toMatchObject([{ volid: "nas:import/noble.qcow2" }]);
  });

  it("refuses a checksum that the file does not have, and leaves nothing", async () => {
    const wrong = "cd".repeat(32);
    expect(await download(checked(wrong))).toBe(`checksum mismatch: got '${DIGEST}' != expect '${wrong}'`);
    expect(stand.lab.isEmpty().empty).toBe(true);
  });

  it("of a file nobody knows believes a well-formed checksum, and refuses another", async () => {
    const url = "https://example.org/other.qcow2";
    expect(await download({ url, filename: "a.qcow2", ...checked("01".repeat(32)) })).toBe("OK");
    expect(await download({ url, filename: "b.qcow2", ...checked("01") })).toContain("checksum mismatch");
  });

  it("refuses to overwrite, unless the file is there with the same checksum", async () => {
    await download({});
    expect(await download({})).toContain("refusing to override existing file");
    expect(await download(checked(DIGEST))).toBe("OK");
    expect(await download(checked("cd".repeat(32)))).toContain("aborting");
  });

  it.each([
    ["local", { filename: "noble.img" }, "400 Parameter verification failed."],
    ["local", { content: "iso" }, "400 Parameter verification failed."],
    [
      "nas",
      { content: "vztmpl", filename: "x.tar.zst" },
      "500 storage 'nas' is not configured for content-type 'vztmpl'",
    ],
    ["tank", {}, "500 can't upload to storage type 'zfspool', not a file based storage!"],
    ["gone", {}, "500 storage 'gone' does not exist"],
  ] as [string, Record<string, string>, string][])("refuses to %s %j", async (storage, given, text) => {
    expect(await download(given, storage)).toBe(text);
  });

  it("refuses when the storage is full", async () => {
    stand.lab.hand.fillStorage("local");
    expect(await download({})).toContain("No space left on device");
  });
});

describe("an upload", () => {
  it("takes a file as multipart form", async () => {
    const boundary = "----lab";
    const body = [
      `--${boundary}\r\nContent-Disposition: form-data; name="content"\r\n\r\niso`,
      `--${boundary}\r\nContent-Disposition: form-data; name="filename"; filename="seed.iso"\r\n\r\n\0\r\nbytes`,
      `--${boundary}--\r\n`,
    ].join("\r\n");
    const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
    const answer = await stand.ask("POST", "/nodes/pve1/storage/local/upload", { headers, raw: body });
    expect(answer.status).toBe(200);
    await stand.settled();
    expect(stand.lab.state.volumes()).toMatchObject([{ volid: "local:iso/seed.iso", stored: 8 }]);
  });
});

describe("a volume that is deleted", () => {
  const remove = (volid: string): Promise<string> =>
    stand.run("DELETE", `/nodes/pve1/storage/local/content/${volid.replace("/", "%2F")}`);

  it("is gone", async () => {
    await download({});
    expect(await remove("local:import/noble.qcow2")).toBe("OK");
    expect(stand.lab.isEmpty()).toEqual({ empty: true, left: [] });
  });

  it("refuses one that is not there", async () => {
    expect(await remove("local:import/noble.qcow2")).toBe("volume 'local:import/noble.qcow2' does not exist");
  });
});

describe("storages", () => {
  it("tell what a host has of them", async () => {
    const { data } = await stand.ask("GET", "/nodes/pve1/storage", { query: { content: "snippets" } });
    expect(data).toMatchObject([
      {
        storage: "local",
        type: "dir",
        shared: 0,
        active: 1,
        enabled: 1,
        content: "import,iso,vztmpl,snippets",
      },
      { storage: "nas", type: "nfs", shared: 1 },
    ]);
  });

  it("count what is stored on them", async () => {
    await download({});
    const { data } = await stand.ask("GET", "/nodes/pve1/storage/local/status");
    expect(data).toMatchObject({
      used: 600_000_000,
      total: 100 * 1024 ** 3,
      avail: 100 * 1024 ** 3 - 600_000_000,
    });
  });

  it("tell the path only of file storages", async () => {
    const paths = await Promise.all(["local", "nas", "tank"].map((id) => stand.ask("GET", `/storage/${id}`)));
    expect(paths.map(({ data }) => data)).toMatchObject([
      { path: "/var/lib/vz" },
      { path: "/mnt/pve/nas" },
      { pool: "rpool/tank" },
    ]);
  });
});

describe("what is left", () => {
  it("does not count machines that belong to the site", async () => {
    stand.lab.hand.addVm({ id: 900, host: "pve2", storage: "local-lvm" });
    await createdVm(stand, 100);
    expect(stand.lab.isEmpty().left).toEqual([
      "VM 100 (vm-100) on pve1",
      "images local-lvm:vm-100-disk-0 on pve1",
    ]);
  });
});
