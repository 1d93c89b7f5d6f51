import { join } from "node:path";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { type Stand, standUp } from "./stand/lab";
import { createdVm } from "./stand/vms";

let stand: Stand;
beforeEach(async () => (stand = await standUp()));
afterEach(() => stand.close());

describe("a fault", () => {
  it("answers as many requests as it was told, and then no more", async () => {
    const left = stand.lab.hand.fail(
      { method: "GET", path: "/version", times: 2 },
      { kind: "answer", status: 503, reason: "Service Unavailable" },
    );
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await stand.ask("GET", "/version")).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(left()).toBe(0);
  });

  it("may let some requests pass first", async () => {
    stand.lab.hand.fail(
      { path: /^\/version$/, after: 1 },
      { kind: "answer", status: 500, reason: "got timeout" },
    );
    expect((await stand.ask("GET", "/version")).status).toBe(200);
    expect((await stand.ask("GET", "/version")).reason).toBe("got timeout");
  });

  it("may cut the connection", async () => {
    stand.lab.hand.fail({ path: "/version" }, { kind: "connection cut" });
    await expect(stand.ask("GET", "/version")).rejects.toThrow();
    expect(stand.lab.requests.at(-1)).toMatchObject({ path: "/version", status: 0 });
  });

  it("may make a task die or warn", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.fail(
      { path: "/status/start" },
      { kind: "task", task: { dies: "start failed: out of memory" } },
    );
    stand.lab.hand.fail(
      { path: "/status/start" },
      { kind: "task", task: { warnings: ["iothread is only valid"] } },
    );
    const start = (): Promise<string> => stand.run("POST", "/nodes/pve1/qemu/100/status/start");
    expect([await start(), await start()]).toEqual(["start failed: out of memory", "WARNINGS: 1"]);
  });
});

describe("the operator's hand", () => {
  it("deletes a machine with its volumes", async () => {
    await createdVm(stand, 100);
    await stand.lab.hand.powerOn(100);
    await stand.lab.hand.deleteVm(100);
    expect(stand.lab.isEmpty().empty).toBe(true);
    expect(stand.room.running.size).toBe(0);
  });

  it("moves a machine and its local disks to another host", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.moveVm(100, "pve3");
    expect((await stand.ask("GET", "/nodes/pve1/qemu/100/config")).reason).toContain("does not exist");
    expect(await stand.run("POST", "/nodes/pve3/qemu/100/status/start")).toBe("OK");
  });

  it("takes a host down with what runs on it", async () => {
    await createdVm(stand, 100);
    await stand.lab.hand.powerOn(100);
    await stand.lab.hand.hostDown("pve1");
    expect(stand.room.running.size).toBe(0);
    const { data } = await stand.ask("GET", "/cluster/resources", { query: { type: "vm" }, host: "pve2" });
    expect(data).toMatchObject([{ vmid: 100, status: "unknown" }]);
  });

  it("adds a machine whose id is then taken", async () => {
    stand.lab.hand.addVm({ id: 100, host: "pve2" });
    const { status, errors } = await stand.ask("GET", "/cluster/nextid", { query: { vmid: "100" } });
    expect([status, errors]).toEqual([400, { vmid: "VM 100 already exists" }]);
    expect((await stand.ask("GET", "/cluster/nextid")).data).toBe("101");
  });
});

describe("pools", () => {
  it("refuse to go while a machine is in them", async () => {
    await stand.ask("POST", "/pools", { body: { poolid: "slipway", comment: "c" } });
    await createdVm(stand, 100, { pool: "slipway" });
    const { data } = await stand.ask("GET", "/pools", { query: { poolid: "slipway" } });
    expect(data).toMatchObject([
      { poolid: "slipway", comment: "c", members: [{ id: "qemu/100", vmid: 100 }] },
    ]);
    const answer = await stand.ask("DELETE", "/pools", { query: { poolid: "slipway" } });
    expect(answer.reason).toContain("pool 'slipway' is not empty (contains VM 100)");
  });
});

describe("HA", () => {
  it("has no resource that nobody made", async () => {
    const answer = await stand.ask("GET", "/cluster/ha/resources/vm:100");
    expect(answer).toMatchObject({ status: 500, reason: "no such resource 'vm:100'" });
  });

  it("refuses groups, which Proxmox VE 9 turned into rules", async () => {
    expect((await stand.ask("GET", "/cluster/ha/groups/")).reason).toContain("migrated to rules");
  });
});

describe("with the published API description", () => {
  it("refuses an unknown parameter and remembers it", async () => {
    await stand.close();
    const folder = mkdtempSync(join(tmpdir(), "slipway-schema-"));
    const file = join(folder, "api.json");
    const properties = { node: { type: "string" }, vmid: { type: "integer" } };
    const start = {
      path: "/nodes/{node}/qemu",
      info: { POST: { parameters: { additionalProperties: 0, properties } } },
    };
    writeFileSync(
      file,
      JSON.stringify([{ path: "/nodes", children: [{ path: "/nodes/{node}", children: [start] }] }]),
    );
    stand = await standUp({ apiSchemaFile: file });
    rmSync(folder, { recursive: true });
    const answer = await stand.ask("POST", "/nodes/pve1/qemu", { body: { vmid: "100", colour: "red" } });
    expect(answer.status).toBe(400);
    expect((await stand.ask("GET", "/version")).status).toBe(501);
    expect(stand.lab.schemaViolations).toEqual([
      expect.stringContaining("POST /nodes/pve1/qemu: colour: property is not defined"),
      "GET /version: path not in the published API",
    ]);
  });
});
