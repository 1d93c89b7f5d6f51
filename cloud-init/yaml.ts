import { Document, isScalar, visit } from "yaml";

/**
 * yamlText prints a value as YAML 1.1, which is what cloud-init, netplan and RKE2 read: a word like `yes` or a
 * MAC address of digits stays a string. A list of short words prints on one line.
 */
export function yamlText(value: object): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, sequence) => {
      sequence.flow = sequence.items.every((item) => isScalar(item) && !/\s/.test(String(item.value)));
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, directives: false });
}
