import { buildingMilliseconds, rehearsing } from "../rehearsal/stand/standing";
import { handMade, makeByHand } from "./running/hand-made";
import { engageOperator, type Operator } from "./running/operator";
import { readPage } from "./running/page";
import { missingFrom } from "./running/shown";

rehearsing("docs/how-to/import.md", () => {
  let operator: Operator;
  beforeAll(async () => {
    operator = await engageOperator({ deployed: false });
  }, buildingMilliseconds);
  afterAll(() => operator.close());

  test("can be followed from top to bottom on a cluster that was made by hand, and prints what it shows", async () => {
    const wrong: string[] = [];
    let printed = "";
    let isMade = false;
    for (const block of readPage("import.md")) {
      if (block.kind === "text") {
        wrong.push(
          ...missingFrom(printed, block.text).map((missing) => `below line ${block.line}: ${missing}`),
        );
      }
      if (block.kind === "live" && !isMade) {
        await makeByHand(operator);
        isMade = true;
      }
      if (block.kind === "sh") printed = await operator.follow(block);
    }
    expect(wrong).toEqual([]);
    expect(operator.lab.complaints()).toEqual([]);
  }, 900_000);

  test("makes no machine again: each has the disk it had, and etcd goes on", () => {
    const { proxmox } = operator.lab;
    for (const { id, host } of handMade) {
      expect(requestsAbout(id, host)).toEqual([]);
      expect(proxmox.state.vm(id)?.config["scsi0"]).toContain(`local-lvm:vm-${id}-disk-0`);
    }
    expect(operator.lab.initialisations(["192.168.0.21"])).toBe(1);

    function requestsAbout(id: number, host: string): string[] {
      const own = `/nodes/${host}/qemu/${id}`;
      return proxmox.requests
        .filter(({ method, path }) => method === "DELETE" && path.endsWith(own))
        .map(({ path }) => path);
    }
  });

  test("leaves a cluster that is what its cluster.ts asks for", async () => {
    const plan = `for stack in cdktf.out/stacks/*/; do terraform -chdir="$stack" plan -detailed-exitcode -input=false; done`;
    const printed = await operator.follow({ kind: "sh", text: plan, line: 0, under: "" });
    expect(printed.match(/No changes\./g)).toHaveLength(4);
  }, 300_000);
});
