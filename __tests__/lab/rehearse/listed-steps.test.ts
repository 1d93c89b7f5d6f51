import { stepsOf } from "../../../lab/rehearse/steps";
import { subjectOf } from "../../../cli/rehearsal/subject";
import { exampleOf } from "../../cli/slipway";

const always = [
  "deploy all stacks",
  "plan again: nothing to do",
  "one more worker: only that node",
  "another RKE2 version: no machine touched, servers one by one, then workers",
  "edited cloud-init: no machine touched",
  "rebuild each server in turn: no other node touched",
  "unprotect",
  "destroy: nothing left",
];
const withRoutes = ["one more route: only its objects", "requests: answered, and by these objects alone"];
const withPods = [
  "retries: a pod that takes no connection costs no request",
  "circuit breaker: pods that fail rest, and come back",
];
const withPeers = ["an old cluster, all servers gone: refuses to begin another until that is allowed"];
const newVersion = "new version of services: not one request lost";

test("a file without a route has no step about requests", async () => {
  expect(await namesOf("node-port")).toEqual(always);
});

test("servers that could miss their peers are lost all at once", async () => {
  expect(besides(always, await namesOf("ha"))).toEqual(withPeers);
});

test("pods that fail are a step only where they are asked for real", async () => {
  expect(besides(always, await namesOf("canary"))).toEqual([...withRoutes, newVersion]);
  expect(besides(always, await namesOf("canary", "real"))).toEqual([...withRoutes, ...withPods, newVersion]);
});

test("a route that neither retries nor breaks has no step about it", async () => {
  expect(besides(always, await namesOf("hello", "real"))).toEqual([...withRoutes, newVersion]);
});

async function namesOf(
  example: string,
  kubernetes: "simulated" | "real" = "simulated",
): Promise<readonly string[]> {
  const subject = await subjectOf(exampleOf(example));
  return stepsOf({ ...subject, kubernetes }).map(({ name }) => name);
}

function besides(known: readonly string[], names: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}
