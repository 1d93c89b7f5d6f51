import { parsePropertyString, printPropertyString } from "./property-string";

/** Net is one netN value. */
export interface Net {
  readonly model: string;
  readonly mac: string;
  readonly bridge?: string;
  readonly vlan?: number;
}

const MODELS = new Set(
  [
    "virtio",
    "e1000",
    "e1000-82540em",
    "e1000-82544gc",
    "e1000-82545em",
    "e1000e",
    "i82551",
    "i82557b",
  ].concat(["i82559er", "ne2k_isa", "ne2k_pci", "pcnet", "rtl8139", "vmxnet3"]),
);

/** normalizeNet prints `virtio=MAC,bridge=…`; a card without an address gets one from newMac. */
export function normalizeNet(text: string, newMac: () => string): string {
  const { model, mac, others } = partsOf(text);
  const rest = printPropertyString(others);
  return [`${model}=${mac ?? newMac()}`, ...(rest === "" ? [] : [rest])].join(",");
}

/** withMac gives the card another address. */
export function withMac(text: string, mac: string): string {
  const { model, others } = partsOf(text);
  return normalizeNet(
    printPropertyString(new Map([...others, ["model", model], ["macaddr", mac]])),
    () => mac,
  );
}

export function parseNet(text: string): Net {
  const { model, mac, others } = partsOf(text);
  const bridge = others.get("bridge");
  const tag = others.get("tag");
  return {
    model,
    mac: mac ?? "",
    ...(bridge === undefined ? {} : { bridge }),
    ...(tag === undefined ? {} : { vlan: Number(tag) }),
  };
}

/** randomMac draws from Proxmox's own range BC:24:11. */
export function randomMac(): string {
  const tail = Array.from({ length: 3 }, () =>
    Math.floor(Math.random() * 256)
      .toString(16)
      .padStart(2, "0"),
  );
  return ["BC", "24", "11", ...tail].join(":").toUpperCase();
}

function partsOf(text: string): { model: string; mac: string | undefined; others: Map<string, string> } {
  const properties = parsePropertyString(text, "model");
  const keyed = [...properties.keys()].find((key) => MODELS.has(key));
  const model = keyed ?? properties.get("model") ?? "virtio";
  const mac = (keyed === undefined ? undefined : properties.get(keyed)) ?? properties.get("macaddr");
  const others = new Map([...properties].filter(([key]) => !["model", "macaddr", keyed].includes(key)));
  return { model, mac, others };
}
