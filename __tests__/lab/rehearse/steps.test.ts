import type { Lab } from "../../../lab";
import { expectChanges, expectNoComplaints } from "../../../lab/rehearse/expect";
import type { Change } from "../../../lab/rehearse/plan";

const created: Change = { stack: "m", address: "x_vm.worker-4", type: "x_vm", actions: ["create"] };
const replaced: Change = {
  stack: "m",
  address: "x_vm.worker-1",
  type: "x_vm",
  actions: ["delete", "create"],
};

test("refuses a plan that touches more than it may, naming the rest", () => {
  const onlyWorker4 = ({ address }: Change): boolean => address.endsWith("worker-4");
  expect(() => expectChanges("adding worker-4", [created], onlyWorker4)).not.toThrow();
  expect(failureOf(() => expectChanges("adding worker-4", [created, replaced], onlyWorker4))).toMatchObject({
    message: "adding worker-4 also changes",
    words: "m: x_vm.worker-1 (delete and create)",
  });
});

test("refuses a plan that does nothing where something was asked for", () => {
  expect(() => expectChanges("adding worker-4", [], () => true)).toThrow("adding worker-4 changes nothing");
});

test("refuses to go on after the lab complained", () => {
  const lab = (complaints: string[]): Pick<Lab, "complaints"> => ({ complaints: () => complaints });
  expect(() => expectNoComplaints(lab([]))).not.toThrow();
  expect(failureOf(() => expectNoComplaints(lab(["split cluster"])))).toMatchObject({
    words: "split cluster",
  });
});

function failureOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}
