import { isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { type Format, formats } from "./dns/formats";
import { type View, views, type Zone, zoneOf } from "./dns/records";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { fileOnly, type KeysOf, manual } from "./manual";
import { Mistake } from "./mistake";

interface Options extends ClusterOption, JsonOption {
  readonly format: Format;
  readonly view: View;
  readonly address: readonly string[];
}

export function addDns(program: Command): void {
  const command = program
    .command("dns")
    .description("print the DNS records that the routes need, and what the router must forward")
    .addOption(clusterOption())
    .addOption(new Option("--format <format>", "of the output").choices(Object.keys(formats)).default("zone"))
    .addOption(
      new Option("--view <view>", "from where the names are asked for").choices(views).default("outside"),
    )
    .addOption(addressOption())
    .addOption(jsonOption().conflicts("format"))
    .action(async ({ cluster, format, view, address, json }: Options) => {
      if (view === "inside" && address.length > 0)
        throw new Mistake("--address says where names lead outside; inside the file has every address.");
      const { loadModel } = await import("../load-cluster");
      const zones: NamedZone[] = loadModel(cluster).model.clusters.map((each) => ({
        cluster: each.name,
        ...zoneOf(each, view, address),
      }));
      const sections = zones.map((zone) => formats[format](zone).join("\n"));
      process.stdout.write(json ? asJson(zones) : `${sections.join("\n\n")}\n`);
    });
  manual(command, {
    group: "look",
    needs: fileOnly,
    examples: [
      { line: "./slipway dns --address 203.0.113.7", says: "a zone's lines, for whoever serves your domain" },
      { line: "./slipway dns --view inside --format dnsmasq", says: "for the router, which answers inside" },
      { line: "./slipway dns --json", says: "the records, for a script that keeps a zone" },
    ],
    json: { form: "an array of objects", keys },
  });
}

/** NamedZone, a cluster's. */
type NamedZone = Zone & { readonly cluster: string };

const keys: KeysOf<NamedZone> = {
  cluster: "name of the cluster",
  notes: "an array of sentences: what the router must forward, which routes have no edge",
  records: "an array: name and address of each record; `*.test.com` is every name below it",
};

function addressOption(): Option {
  const means = "outside, where names lead: the router's public address, IPv4 or IPv6; again for the other";
  return new Option("--address <address>", means).argParser(addressesOf).default([], "the edge's own");
}

function addressesOf(text: string, before: readonly string[]): readonly string[] {
  if (isIP(text) === 0) throw new InvalidArgumentError("write an address, as 203.0.113.7 or 2001:db8::7");
  return [...before, text];
}
