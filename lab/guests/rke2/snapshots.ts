import type { Rke2Config } from "./config";
import { checkCertificate } from "./files";

const wellKnown = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;

/** limits of the five fields of a schedule: minute, hour, day, month, weekday (robfig/cron, ParseStandard). */
const limits = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** checkSnapshots throws what a server says when it cannot keep snapshots of its etcd as it is told. */
export function checkSnapshots(root: string, config: Rke2Config): void {
  if (config.text("etcd-disable-snapshots") === "true") return;
  const schedule = config.text("etcd-snapshot-schedule-cron");
  if (schedule !== undefined && !isSchedule(schedule))
    throw new Error(`failed to start etcd snapshots: invalid schedule ${JSON.stringify(schedule)}`);
  for (const key of ["etcd-snapshot-retention", "etcd-s3-retention"]) {
    const count = config.text(key);
    if (count !== undefined && !/^\d+$/.test(count))
      throw new Error(`invalid value ${JSON.stringify(count)} for flag -${key}`);
  }
  if (config.text("etcd-s3") !== "true") return;
  for (const key of ["etcd-s3-bucket", "etcd-s3-access-key", "etcd-s3-secret-key"])
    if ((config.text(key) ?? "") === "") throw new Error(`etcd snapshots: ${key} is not set`);
  const authority = config.text("etcd-s3-endpoint-ca");
  if (authority !== undefined) checkCertificate(root, authority);
}

function isSchedule(text: string): boolean {
  if (wellKnown.test(text)) return true;
  const fields = text.split(" ");
  return (
    fields.length === limits.length &&
    limits.every(([least, most], index) =>
      (fields[index] ?? "").split(",").every((part) => isPart(part, least, most)),
    )
  );
}

/** isPart: `*`, `7`, `1-5`, each with a step after it. Names of months and days are RKE2's to read, not the lab's. */
function isPart(part: string, least: number, most: number): boolean {
  const [, range = "", first, last, step] =
    /^(\*|(\d+)(?:-(\d+))?|[A-Za-z]{3})(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  const numbers = [first, last].filter((each) => each !== undefined).map(Number);
  const [from = least, to = from] = numbers;
  return range !== "" && numbers.every((each) => each >= least && each <= most) && from <= to && step !== "0";
}
