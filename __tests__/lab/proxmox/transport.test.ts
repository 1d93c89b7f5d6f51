import { type Stand, standUp } from "./stand/lab";
import { TOKEN } from "./stand/site";

let stand: Stand;
beforeAll(async () => (stand = await standUp()));
afterAll(() => stand.close());

const bearing = (value: string): { headers: Record<string, string> } => ({
  headers: { Authorization: value },
});

describe("a request", () => {
  it("is answered by any host for any host", async () => {
    const answers = await Promise.all(
      ["pve1", "pve2", "pve3"].map((host) => stand.ask("GET", "/nodes/pve2/qemu", { host })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("is answered at the endpoint's own name", () => {
    expect(stand.lookup("pve.example.org", 8006)).toEqual(expect.any(Number));
  });

  it("may carry node in its body when it equals the path's, and nothing else", async () => {
    const same = await stand.ask("POST", "/nodes/pve1/qemu/999/status/start", { body: { node: "pve1" } });
    const other = await stand.ask("POST", "/nodes/pve1/qemu/999/status/start", { body: { node: "pve2" } });
    expect(same.reason).toContain("does not exist");
    expect(other).toMatchObject({
      status: 400,
      errors: { node: "duplicate parameter (already defined in URI)" },
    });
  });

  it("refuses with its reason in the status line and closes the connection", async () => {
    const headers = { Connection: "keep-alive" };
    const answer = await stand.ask("GET", "/nodes/pve1/qemu/999/config", { headers });
    expect((await stand.ask("GET", "/version", { headers })).headers["connection"]).toBe("keep-alive");
    expect(answer.status).toBe(500);
    expect(answer.reason).toBe("Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist");
    expect(answer.headers["connection"]).toBe("close");
  });

  it("refuses a path that Proxmox does not have", async () => {
    const answer = await stand.ask("GET", "/nodes/pve1/bogus");
    expect(answer).toMatchObject({ status: 501, reason: "Method 'GET /nodes/pve1/bogus' not implemented" });
  });

  it("refuses a host that the cluster does not have", async () => {
    const answer = await stand.ask("GET", "/nodes/pve9/qemu");
    expect(answer.reason).toContain("hostname lookup 'pve9' failed");
  });

  it("for a host that is down is refused with 595", async () => {
    await stand.lab.hand.hostDown("pve3");
    const answer = await stand.ask("GET", "/nodes/pve3/qemu");
    await stand.lab.hand.hostUp("pve3");
    expect(answer).toMatchObject({ status: 595, reason: "No route to host" });
    expect((await stand.ask("GET", "/nodes/pve3/qemu")).status).toBe(200);
  });

  it("to a host that is down finds nobody", async () => {
    await stand.lab.hand.hostDown("pve3");
    await expect(stand.ask("GET", "/version", { host: "pve3" })).rejects.toThrow();
    await stand.lab.hand.hostUp("pve3");
  });

  it("is recorded with its parameters and its end, passwords hidden", async () => {
    await stand.ask("POST", "/access/ticket", { body: { username: "root@pam", password: "wrong" } });
    expect(stand.lab.requests.at(-1)).toEqual({
      method: "POST",
      path: "/access/ticket",
      parameters: { username: "root@pam", password: "<hidden>" },
      caller: "",
      status: 401,
      reason: "authentication failure",
    });
  });
});

describe("authentication", () => {
  it.each([
    [
      "a wrong secret",
      `PVEAPIToken=${TOKEN.id}=00000000-0000-0000-0000-000000000000`,
      "invalid token value!",
    ],
    [
      "an unknown token",
      "PVEAPIToken=terraform@pve!other=1",
      "no such token 'other' for user 'terraform@pve'",
    ],
    ["an unknown user", "PVEAPIToken=nobody@pve!slipway=1", "no such user ('nobody@pve')"],
    ["no credential", "", "No ticket"],
  ])("refuses %s", async (_what, header, reason) => {
    expect(await stand.ask("GET", "/version", bearing(header))).toMatchObject({ status: 401, reason });
  });

  it("by ticket needs the CSRF token on everything but GET", async () => {
    const login = await stand.ask("POST", "/access/ticket", {
      body: { username: "root@pam", password: "correct horse" },
    });
    const ticket = ticketOf(login.data);
    const cookie = { Authorization: "", Cookie: `PVEAuthCookie=${encodeURIComponent(ticket.ticket)}` };
    const read = await stand.ask("GET", "/version", { headers: cookie });
    const without = await stand.ask("POST", "/pools", { headers: cookie, body: { poolid: "p" } });
    const headers = { ...cookie, CSRFPreventionToken: ticket.csrf };
    const withToken = await stand.ask("POST", "/pools", { headers, body: { poolid: "p" } });
    expect([read.status, without.status, withToken.status]).toEqual([200, 401, 200]);
    expect(without.reason).toBe("Permission denied - invalid csrf token");
  });

  it("refuses a forged ticket", async () => {
    const headers = { Authorization: "", Cookie: "PVEAuthCookie=PVE:root@pam:6B00A7AE::forged" };
    expect(await stand.ask("GET", "/version", { headers })).toMatchObject({
      status: 401,
      reason: "permission denied - invalid PVE ticket",
    });
  });
});

function ticketOf(data: unknown): { ticket: string; csrf: string } {
  if (typeof data !== "object" || data === null) throw new Error("no ticket");
  const values = new Map(Object.entries(data));
  return { ticket: String(values.get("ticket")), csrf: String(values.get("CSRFPreventionToken")) };
}
