import { readCrds } from "../../lab/charts";
import { playMissing } from "../../lab/missing-providers";
import { surroundings } from "./providers/surroundings";

const address = (name: string): string => `registry.terraform.io/hashicorp/${name}`;
const edge = "registry.terraform.io/sander0542/nginxproxymanager";

test("each stand-in says that it is one, and where it writes", async () => {
  const missing = [...["tls", "kubernetes", "helm"].map(address), edge].map((each) => ({
    address: each,
    version: "1.0.0",
  }));
  const everything = { crds: { ...readCrds(), minimal: [] }, webhooks: "applied" } as const;
  const played = await playMissing(missing, { ...surroundings, helm: everything });
  expect(played.parts).toEqual([
    { name: "hashicorp/tls", kind: "stand-in", version: "1.0.0" },
    { name: "hashicorp/kubernetes, writes to the lab's API server", kind: "stand-in", version: "1.0.0" },
    {
      name: "hashicorp/helm, renders charts itself, writes to the lab's API server",
      kind: "stand-in",
      version: "1.0.0",
    },
    {
      name: "sander0542/nginxproxymanager, writes to the lab's Nginx Proxy Manager",
      kind: "stand-in",
      version: "1.0.0",
    },
  ]);
  const attached: unknown = JSON.parse(played.environment["TF_REATTACH_PROVIDERS"] ?? "");
  expect(attached).toMatchObject({
    "hashicorp/tls": {},
    "hashicorp/kubernetes": {},
    "hashicorp/helm": {},
    "sander0542/nginxproxymanager": {},
  });
  await played.close();
});

test("helm names the charts whose custom resources nobody checks", async () => {
  const played = await playMissing([{ address: address("helm"), version: "3.1.1" }], surroundings);
  expect(played.parts[0]?.name).toContain("; custom resources of metallb, traefik,");
  await played.close();
});

test("nothing is played where nothing is missing", async () => {
  expect(await playMissing([], surroundings)).toMatchObject({ environment: {}, parts: [] });
});

test.each([
  address("aws"),
  "registry.terraform.io/acme/tls",
  address("toString"),
  address("nginxproxymanager"),
])("refuses to play %s", async (unknown) => {
  await expect(playMissing([{ address: unknown, version: "1" }], surroundings)).rejects.toThrow(
    `The provider ${unknown} can neither be fetched from its registry here nor be played by the lab.`,
  );
});
