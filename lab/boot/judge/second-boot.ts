import { type Check, judgeOf, listed } from "./check";
import type { Expectation } from "./expectation";
import type { Facts } from "./facts";
import { judgeFirstBoot } from "./first-boot";

/** judgeSecondBoot: the machine came up again, everything still holds, and nothing was written anew. */
export function judgeSecondBoot(expected: Expectation, first: Facts, second: Facts): Check[] {
  const judge = judgeOf(expected.name);
  const broken = judgeFirstBoot(expected, second).filter(({ ok }) => !ok);
  const rewritten = expected.files
    .map(({ path }) => path)
    .filter((path) => first.paths[path]?.changed !== second.paths[path]?.changed);
  return [
    judge("it started again when the guest agent was told to", first.bootId !== second.bootId, second.bootId),
    judge(
      "all that held at its first boot holds at its second",
      broken.length === 0,
      broken.length === 0 ? "all" : broken.map(({ claim, seen }) => `${claim}: ${seen}`).join("; "),
    ),
    judge(
      "cloud-init wrote no file again",
      rewritten.length === 0 && first.instanceId === second.instanceId,
      rewritten.length === 0 ? `instance ${second.instanceId}` : listed(rewritten),
    ),
  ];
}
