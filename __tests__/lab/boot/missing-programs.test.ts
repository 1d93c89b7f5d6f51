import { missingPrograms } from "../../../lab/boot/missing-programs";

test("refuses to begin without its programs, and names the packages in one line", () => {
  const has = (file: string): boolean => !/qemu|genisoimage/.test(file);
  expect(missingPrograms("/usr/bin", has)).toBe(
    "The boot test needs qemu-system-x86_64, genisoimage: " +
      "apt-get install --no-install-recommends qemu-system-x86 genisoimage",
  );
});

test("finds programs of root's also where PATH leaves them out", () => {
  expect(missingPrograms("/usr/bin", (file) => /^\/usr\/(bin|sbin)\//.test(file))).toBeUndefined();
});
