import fc from "fast-check";
import { mib, parseGiB, parseMiB, printMiB } from "../../config/units";

test("a size printed and read again is the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (amount) => {
      expect(parseMiB(printMiB(mib(amount)))).toBe(amount);
    }),
  );
});

test("memory is MiB and disks are GiB, in binary units", () => {
  expect([parseMiB("8 GiB"), parseMiB("1.5 GiB"), parseGiB("2 TiB")]).toEqual([8192, 1536, 2048]);
});

test.each(["8", "8GiB", "8 GB", "8  GiB", "-8 GiB", "0 GiB", "8 gib", "1e3 GiB", "0.3 MiB"])(
  "refuses %j as a size",
  (text) => {
    expect(parseMiB(text)).toBeUndefined();
  },
);

test.each(["512 MiB", "1.5 GiB"])("refuses %j as a disk, which is whole GiB", (text) => {
  expect(parseGiB(text)).toBeUndefined();
});
