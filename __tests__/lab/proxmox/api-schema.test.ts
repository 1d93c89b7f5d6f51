import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiSchema, type SchemaNode, type Verdict } from "../../../lab/proxmox/schema/api-schema";
import { checkValue } from "../../../lab/proxmox/schema/parameter";
import { referenceData } from "../../reference-data";

const tree: SchemaNode[] = [
  {
    path: "/nodes",
    children: [
      {
        path: "/nodes/{node}",
        children: [
          {
            path: "/nodes/{node}/qemu",
            info: {
              POST: {
                parameters: {
                  additionalProperties: 0,
                  properties: {
                    node: { type: "string", format: "pve-node" },
                    vmid: { type: "integer", minimum: 100, maximum: 999999999 },
                    "scsi[n]": {
                      type: "string",
                      optional: 1,
                      format: {
                        file: { default_key: 1, type: "string" },
                        cache: { type: "string", optional: 1, enum: ["none", "unsafe"] },
                        ssd: { type: "boolean", optional: 1 },
                      },
                    },
                    "net[n]": {
                      type: "string",
                      optional: 1,
                      format: {
                        model: { default_key: 1, type: "string", enum: ["virtio", "e1000"] },
                        virtio: { alias: "macaddr", keyAlias: "model" },
                        macaddr: { type: "string", optional: 1, format: "mac-addr" },
                        tag: { type: "integer", optional: 1, minimum: 1, maximum: 4094 },
                      },
                    },
                    checksum: { type: "string", optional: 1, requires: "checksum-algorithm" },
                    "checksum-algorithm": {
                      type: "string",
                      optional: 1,
                      enum: ["sha256"],
                      requires: "checksum",
                    },
                    url: { type: "string", optional: 1, pattern: "https?://.*" },
                  },
                },
              },
            },
            children: [
              { path: "/nodes/{node}/qemu/{vmid}", info: { DELETE: { parameters: { properties: {} } } } },
            ],
          },
          {
            path: "/nodes/{node}/storage",
            children: [
              {
                path: "/nodes/{node}/storage/{volume}",
                info: {
                  GET: { parameters: { additionalProperties: 0, properties: { node: {}, volume: {} } } },
                },
              },
            ],
          },
        ],
      },
    ],
  },
];

const check = (method: string, path: string, given: Record<string, string> = {}): Verdict =>
  new ApiSchema(tree).check(method, path, new Map(Object.entries(given)));

const errorsOf = (given: Record<string, string>): Readonly<Record<string, string>> => {
  const verdict = check("POST", "/nodes/pve1/qemu", { vmid: "100", ...given });
  return verdict.kind === "checked" ? verdict.errors : { path: verdict.what };
};

describe("the published schema", () => {
  it("accepts what it describes", () => {
    expect(
      errorsOf({ scsi0: "file=local:8,cache=none,ssd=1,", net31: "virtio=BC:24:11:00:00:01,tag=7" }),
    ).toEqual({});
  });

  it("accepts a trailing slash, and node in the body too", () => {
    expect(check("DELETE", "/nodes/pve1/qemu/100/")).toEqual({ kind: "checked", errors: {} });
    expect(errorsOf({ node: "pve1" })).toEqual({});
  });

  it("takes an escaped slash into its segment", () => {
    expect(check("GET", "/nodes/pve1/storage/local:snippets%2Fx.yaml")).toEqual({
      kind: "checked",
      errors: {},
    });
  });

  it("refuses a path that is not there", () => {
    expect(check("GET", "/nodes/pve1/kvm")).toEqual({ kind: "unknown", what: "path" });
  });

  it("refuses a method that is not there", () => {
    expect(check("PUT", "/nodes/pve1/qemu")).toEqual({ kind: "unknown", what: "method" });
  });

  it.each([
    [{ vmname: "x" }, "vmname", "property is not defined in schema"],
    [{ vmid: "99" }, "vmid", "minimum value of 100"],
    [{ vmid: "abc" }, "vmid", "type check ('integer') failed - got 'abc'"],
    [
      { scsi0: "local:8,cache=fast" },
      "scsi0",
      "cache: value 'fast' does not have a value in the enumeration",
    ],
    [{ scsi0: "local:8,speed=1" }, "scsi0", "speed: property is not defined"],
    [{ scsi0: "ssd=1" }, "scsi0", "file: property is missing"],
    [{ net0: "bridge=vmbr0" }, "net0", "bridge: property is not defined"],
    [
      { net0: "virtio=01:24:11:00:00:01" },
      "net0",
      "virtio: invalid format - value does not look like a valid unicast MAC",
    ],
    [{ net0: "virtio,tag=4095" }, "net0", "tag: value must have a maximum value of 4094"],
    [{ url: "ftp://example.org" }, "url", "does not match the regex pattern"],
    [{ checksum: "00" }, "checksum-algorithm", "missing property - 'checksum' requires this property"],
  ] as [Record<string, string>, string, string][])("refuses %j", (given, name, text) => {
    expect(errorsOf(given)[name]).toContain(text);
  });

  it("refuses to be read from another file", () => {
    expect(() => ApiSchema.parse('{"openapi":"3.1.0"}')).toThrow("not Proxmox's API description");
  });

  it("refuses a request without a parameter that is not optional", () => {
    const verdict = check("POST", "/nodes/pve1/qemu");
    expect(verdict).toEqual({
      kind: "checked",
      errors: { vmid: "property is missing and it is not optional" },
    });
  });
});

describe("a value", () => {
  it.each(["1", "0", "yes", "Off"])("%s is a boolean", (value) => {
    expect(checkValue({ type: "boolean" }, value)).toBeUndefined();
  });

  it("refuses another word as boolean", () => {
    expect(checkValue({ type: "boolean" }, "maybe")).toContain("type check ('boolean') failed");
  });

  it("must match a whole Perl pattern", () => {
    const pattern = String.raw`(?^:\d+(?:-\d+)?(?:;\d+(?:-\d+)?)*)`;
    expect(checkValue({ pattern }, "10;20-30")).toBeUndefined();
    expect(checkValue({ pattern }, "10;x")).toBe("value does not match the regex pattern");
  });

  it("is checked item by item in a list format", () => {
    expect(checkValue({ format: "pve-storage-content-list" }, "images,iso")).toBeUndefined();
    expect(checkValue({ format: "pve-storage-content-list" }, "images,films")).toContain(
      "invalid content type",
    );
  });
});

const schemaFile = join(referenceData, "schemas/pve-api.json");
const withReference = existsSync(schemaFile) ? describe : describe.skip;
if (!existsSync(schemaFile)) console.log(`skipped: no published Proxmox API description at ${schemaFile}`);

withReference("Proxmox's own description", () => {
  const schema = existsSync(schemaFile) ? ApiSchema.parse(readFileSync(schemaFile, "utf8")) : undefined;
  const errors = (method: string, path: string, given: Record<string, string>): unknown => {
    const verdict = schema?.check(method, path, new Map(Object.entries(given)));
    return verdict?.kind === "checked" ? verdict.errors : verdict;
  };

  it("accepts the machine that the provider creates", () => {
    const given = {
      vmid: "200",
      name: "worker-1",
      agent: "enabled=1,fstrim_cloned_disks=0,type=virtio",
      boot: "order=scsi0;net0",
      cpu: "cputype=x86-64-v2-AES",
      net0: "model=virtio,bridge=vmbr0,firewall=0,macaddr=BC:24:11:00:00:01",
      scsi0:
        "file=local-lvm:0,import-from=local:import/noble.qcow2,size=10737418240,aio=io_uring,backup=1,iothread=1,ssd=0,discard=on,cache=none,replicate=1",
      ide2: "file=local-lvm:cloudinit,",
      cicustom: "meta=local:snippets/m.yaml,network=local:snippets/n.yaml,user=local:snippets/u.yaml",
      ipconfig0: "gw=192.168.0.1,ip=192.168.0.31/24",
      tags: "slipway;worker",
      serial0: "socket",
      vga: "memory=16,type=serial0",
    };
    expect(errors("POST", "/nodes/pve1/qemu", given)).toEqual({});
  });

  it("refuses a drive option that Proxmox does not have", () => {
    const given = { vmid: "200", scsi0: "file=local-lvm:8,turbo=1" };
    expect(errors("POST", "/nodes/pve1/qemu", given)).toEqual({
      scsi0: expect.stringContaining("turbo: property is not defined in schema"),
    });
  });

  it("accepts deletion with the trailing slash that the provider sends", () => {
    expect(
      errors("DELETE", "/nodes/pve1/qemu/200/", { purge: "1", "destroy-unreferenced-disks": "1" }),
    ).toEqual({});
  });

  it("accepts a snippet's volume id as one escaped segment", () => {
    expect(errors("DELETE", "/nodes/pve1/storage/local/content/local:snippets%2Fx.yaml", {})).toEqual({});
  });

  it("accepts node and storage in the body of download-url as in its path", () => {
    const given = {
      node: "pve1",
      storage: "local",
      content: "import",
      filename: "n.qcow2",
      url: "https://example.org/n.img",
    };
    expect(errors("POST", "/nodes/pve1/storage/local/download-url", given)).toEqual({});
  });
});
