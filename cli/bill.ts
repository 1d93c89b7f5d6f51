import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";

export function addBill(program: Command): void {
  program
    .command("bill")
    .description("add up what the machines ask of each host, and what is left when a host is lost")
    .addOption(clusterOption())
    .option("--json", "print one JSON object; memory in MiB, disks in GiB")
    .action(async (options: ClusterOption & { json?: true }) => {
      const { loadModel } = await import("../load-cluster");
      const { billOf } = await import("../placement/bill");
      const { billText } = await import("./bill/text");
      const bill = billOf(loadModel(options.cluster).model);
      process.stdout.write(options.json ? `${JSON.stringify(bill, null, 2)}\n` : billText(bill));
    });
}
