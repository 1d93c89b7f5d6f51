import { printedFaults } from "../../cli/rehearsal/faults/printed";
import { faultsSubject } from "../../cli/rehearsal/faults/subject";
import { faults } from "../../lab/rehearse/faults/list";
import { type FaultsReport, rehearseFaults } from "../../lab/rehearse/faults/rehearse-faults";
import { buildingMilliseconds, rehearsing } from "./stand/standing";

/** telling faults, one of each sort; `./slipway rehearse --faults` has them all. */
const telling = [
  "Terraform is killed while Proxmox clones; the clone is removed",
  "Terraform is killed after the start; the machine is imported",
  "Terraform is killed while it makes the pool",
  "the clone's configuration is refused",
  "a stranger's machine took the id after the plan",
  "SSH is cut after 4000 bytes of an upload",
];

test("every fault has a name of its own, and there are more than thirty", () => {
  const names = faults.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(30);
  expect(names).toEqual(expect.arrayContaining(telling));
});

rehearsing("a fault", () => {
  let report: FaultsReport;

  beforeAll(async () => {
    const chosen = faults.filter(({ name }) => telling.includes(name));
    report = await rehearseFaults(faultsSubject(), (_, work) => work(() => undefined), chosen);
  }, buildingMilliseconds);

  const resultOf = (name: string) => {
    const result = report.faults.find(({ fault }) => fault === name);
    if (result === undefined) throw new Error(`${name} was not rehearsed`);
    return result;
  };

  test.each(telling)("%s: loses nothing, and a plain deploy converges", (name) => {
    const { words = "", lost, ok } = resultOf(name);
    expect({ words, lost, ok }).toEqual({ words: "", lost: "nothing", ok: true });
  });

  test("that leaves a machine outside the state makes the next plan name it and print what to do", () => {
    expect(resultOf(telling[0] ?? "").outside).toMatch(
      /^VM 1041 \(faults-struck-1\) on pve2 is there and not in the state of faults-machines: a deploy ended while it made this machine\. Nothing was changed\. To keep it: cd cdktf\.out\/stacks\/faults-machines && terraform import 'proxmox_virtual_environment_vm\.struck-1' pve2\/1041 \. To remove it, on pve2: qm stop 1041 && qm destroy 1041 --purge \./,
    );
  });

  test("by a stranger's machine is refused in our words before anything is made", () => {
    expect(resultOf("a stranger's machine took the id after the plan").message).toContain(
      "proxmox.vmIds: VM 1041 is already another VM, mail on pve2. Fix: ",
    );
  });

  test("stands in the printed report with what was said", () => {
    const printed = printedFaults(report);
    expect(printed).toContain("6 of 6 faults survived on ");
    expect(printed).toContain("next plan: VM 1041 (faults-struck-1) on pve2 is there");
  });
});
