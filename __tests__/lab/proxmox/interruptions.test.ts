import { type Stand, standUp } from "./stand/lab";
import { TOKEN } from "./stand/site";
import { createdVm } from "./stand/vms";

let stand: Stand;
beforeEach(async () => (stand = await standUp()));
afterEach(() => stand.close());

const create = () =>
  stand.ask("POST", "/nodes/pve1/qemu", { body: { vmid: "100", name: "one", memory: "512" } });

test("a cut answer comes after everything was done", async () => {
  stand.lab.hand.fail({ method: "POST", path: /\/qemu$/ }, { kind: "answer cut" });
  await expect(create()).rejects.toThrow();
  await stand.settled();
  expect(stand.lab.state.vm(100)?.name).toBe("one");
});

test("something can happen before a request, instead of it, or before its answer", async () => {
  const seen: string[] = [];
  const there = (when: string) => () => void seen.push(`${when}: ${stand.lab.state.vms().length}`);
  for (const when of ["instead", "before", "done"] as const) {
    stand.lab.hand.fail({ method: "POST", path: /\/qemu$/ }, { kind: "meanwhile", when, act: there(when) });
  }
  await expect(create()).rejects.toThrow();
  expect((await create()).status).toBe(200);
  await stand.settled();
  expect((await create()).reason).toContain("already exists");
  expect(seen).toEqual(["instead: 0", "before: 0"]);
});

test("what was still to go wrong can be called off", async () => {
  stand.lab.hand.fail({ path: "/version" }, { kind: "connection cut" });
  stand.lab.hand.cutConnections(3);
  stand.lab.hand.nothingMore();
  expect((await stand.ask("GET", "/version")).status).toBe(200);
});

test("connections are cut before TLS, as many as asked for", async () => {
  stand.lab.hand.cutConnections(1);
  await expect(stand.ask("GET", "/version")).rejects.toThrow();
  expect((await stand.ask("GET", "/version")).status).toBe(200);
});

test("refuses every change while the hosts have no quorum, and answers questions", async () => {
  stand.lab.hand.loseQuorum();
  expect(await create()).toMatchObject({ status: 500, reason: "cluster not ready - no quorum?" });
  expect((await stand.ask("GET", "/cluster/resources", { query: { type: "vm" } })).status).toBe(200);
  stand.lab.hand.regainQuorum();
  expect((await create()).status).toBe(200);
});

test("refuses a token that somebody deleted, until it is back", async () => {
  stand.lab.hand.deleteToken(TOKEN.id);
  expect(await stand.ask("GET", "/version")).toMatchObject({
    status: 401,
    reason: "no such token 'slipway' for user 'terraform@pve'",
  });
  stand.lab.hand.restoreToken(TOKEN.id);
  expect((await stand.ask("GET", "/version")).status).toBe(200);
});

test("a deleted pool leaves its machines", async () => {
  await stand.ask("POST", "/pools", { body: { poolid: "slipway" } });
  await createdVm(stand, 100, { pool: "slipway" });
  stand.lab.hand.deletePool("slipway");
  expect(stand.lab.state.vm(100)).not.toHaveProperty("pool");
});
