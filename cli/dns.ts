import { isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { type Format, formats } from "./dns/formats";
import { type View, views, zoneOf } from "./dns/records";
import { Mistake } from "./mistake";

interface Options extends ClusterOption {
  readonly format: Format;
  readonly view: View;
  readonly address: readonly string[];
}

export function addDns(program: Command): void {
  program
    .command("dns")
    .description("print the DNS records that the routes need, and what the router must forward")
    .addOption(clusterOption())
    .addOption(new Option("--format <format>", "of the output").choices(Object.keys(formats)).default("zone"))
    .addOption(
      new Option("--view <view>", "from where the names are asked for").choices(views).default("outside"),
    )
    .option(
      "--address <address>",
      "outside, where names lead: the router's public address, IPv4 or IPv6; again for the other",
      addressesOf,
      [],
    )
    .action(async ({ cluster, format, view, address }: Options) => {
      if (view === "inside" && address.length > 0)
        throw new Mistake("--address says where names lead outside; inside the file has every address.");
      const { loadModel } = await import("../load-cluster");
      const sections = loadModel(cluster).model.clusters.map((each) =>
        formats[format](zoneOf(each, view, address)).join("\n"),
      );
      process.stdout.write(`${sections.join("\n\n")}\n`);
    });
}

function addressesOf(text: string, before: readonly string[]): readonly string[] {
  if (isIP(text) === 0) throw new InvalidArgumentError("write an address, as 203.0.113.7 or 2001:db8::7");
  return [...before, text];
}
