import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";

/** sha224 of `v1.36.5-rke2r1system-upgrade`, by coreutils. */
const done = "07279e9c25e3148940fe91c8703389ff4cd8b40c6cf0f564c8fe2eac";

test("a new machine says that its plan is done: it was installed with the version", () => {
  const [cluster] = resolve([home]).model.clusters;
  expect(cluster?.servers[0]?.labels).toEqual({ "plan.upgrade.cattle.io/server-plan": done });
  expect(cluster?.workers[0]?.labels).toEqual({ "plan.upgrade.cattle.io/agent-plan": done });
});

test("a pool that is kept out of upgrades stays out", () => {
  const kept = { "plan.upgrade.cattle.io/agent-plan": "disabled" };
  const [cluster] = resolve([{ ...home, workers: { ...home.workers, labels: kept } }]).model.clusters;
  expect(cluster?.workers[0]?.labels).toEqual(kept);
});
