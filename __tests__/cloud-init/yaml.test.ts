import fc from "fast-check";
import { cloudConfig } from "../../cloud-init/document";
import { yamlText } from "../../cloud-init/yaml";
import { readYaml } from "./read-document";

const awkward = [
  "yes",
  "on",
  "n",
  "~",
  "0600",
  "1_000",
  "12:30:45",
  "02:24:11:00:00:15",
  "1e3",
  "a: b",
  "# c",
  "|",
];
const word = fc.oneof(fc.constantFrom(...awkward), fc.string(), fc.string({ unit: "grapheme" }));
const value = fc.oneof(word, fc.array(word), fc.boolean(), fc.integer(), fc.dictionary(word, word));

test("whatever is printed is read back as it was, by the rules of YAML 1.1", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z][a-z_-]{0,12}$/), value), (document) => {
      expect(readYaml(yamlText(document))).toEqual(document);
    }),
  );
});

test("a MAC address of digits and a file mode stay text", () => {
  expect(yamlText({ mac: "02:24:11:00:00:15", mode: "0600" })).toBe(
    'mac: "02:24:11:00:00:15"\nmode: "0600"\n',
  );
});

test("refuses user-data that Proxmox would cut off", () => {
  expect(() => cloudConfig({ write_files: [{ path: "/x", content: "x".repeat(1024 * 1024) }] })).toThrow(
    /^user-data of \d+ bytes; at most 983040 fit$/,
  );
});
