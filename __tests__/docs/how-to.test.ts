import { buildingMilliseconds, rehearsing } from "../rehearsal/stand/standing";
import { engageOperator, type Operator } from "./running/operator";
import { type Block, readPage } from "./running/page";
import { missingFrom } from "./running/shown";

const pages = [
  "add-a-worker.md",
  "retire-a-node.md",
  "replace-a-server.md",
  "rotate-certificates-and-tokens.md",
  "restore-from-a-snapshot.md",
  "doctor.md",
  "upgrade.md",
  "storage.md",
];

for (const name of pages) {
  rehearsing(`docs/how-to/${name}`, () => {
    let operator: Operator;
    beforeAll(async () => {
      operator = await engageOperator();
    }, buildingMilliseconds);
    afterAll(() => operator.close());

    test("can be followed from top to bottom, and prints what it shows", async () => {
      const wrong: string[] = [];
      let printed = "";
      for (const block of readPage(name)) {
        if (block.kind === "text") wrong.push(...notPrinted(block, printed));
        if (block.kind === "sh" || block.kind === "diff") printed = await operator.follow(block);
      }
      expect(wrong).toEqual([]);
      expect(operator.lab.complaints()).toEqual([]);
    }, 900_000);

    test("leaves a cluster that is what its cluster.ts asks for", async () => {
      const plan = `for stack in cdktf.out/stacks/*/; do terraform -chdir="$stack" plan -detailed-exitcode -input=false; done`;
      const printed = await operator.follow({
        kind: "sh",
        text: `npx cdktf synth\n${plan}`,
        line: 0,
        under: "",
      });
      expect(printed.match(/No changes\./g)).toHaveLength(4);
    }, 300_000);
  });
}

function notPrinted({ line, text }: Block, printed: string): string[] {
  return missingFrom(printed, text).map((missing) => `below line ${line}: ${missing}`);
}
