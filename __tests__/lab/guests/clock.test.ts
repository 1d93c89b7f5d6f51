import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clock } from "../../../lab/guests/system/clock";
import { layPrograms } from "../../../lab/guests/system/programs";

const twoDays = 2 * 86_400;
let folder: string;
let clock: Clock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-clock-"));
  clock = new Clock(join(folder, "clock"));
  layPrograms(join(folder, "bin"), {
    busPath: join(folder, "bus"),
    clockFile: clock.file,
    ownWay: "http://127.0.0.1:9",
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a machine's date goes on with the lab's clock, also while the machine is on", () => {
  const apart = (): number => Number(date("+%s")) - Date.now() / 1000;
  expect(Math.abs(apart())).toBeLessThan(60);
  clock.pass(twoDays / 2);
  clock.pass(twoDays / 2);
  expect(Math.abs(apart() - twoDays)).toBeLessThan(60);
});

test("a date that is asked about is what it is", () => {
  clock.pass(twoDays);
  expect(date("--utc", "--date", "Nov 20 12:00:00 2026 GMT", "+%F %T")).toBe("2026-11-20 12:00:00");
  expect(date("--utc", "-d", "@0", "+%F")).toBe("1970-01-01");
});

function date(...args: readonly string[]): string {
  return execFileSync(join(folder, "bin", "date"), args, { encoding: "utf8" }).trim();
}
