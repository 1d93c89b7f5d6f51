import type { Command } from "commander";
import type { Bill } from "../placement/bill";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { fileOnly, type KeysOf, manual } from "./manual";

export function addBill(program: Command): void {
  const command = program
    .command("bill")
    .description("add up what the machines ask of each host, and what is left when a host is lost")
    .addOption(clusterOption())
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption) => {
      const { loadModel } = await import("../load-cluster");
      const { billOf } = await import("../placement/bill");
      const { billText } = await import("./bill/text");
      const bill = billOf(loadModel(options.cluster).model);
      process.stdout.write(options.json ? asJson(bill) : billText(bill));
    });
  manual(command, {
    group: "look",
    needs: fileOnly,
    examples: [
      { line: "./slipway bill", says: "what every host gives, and what stays when it is lost" },
      { line: "./slipway bill --json | jq .total", says: "the sum: memory in MiB, disks in GiB" },
    ],
    json: { form: "an object", keys },
  });
}

const keys: KeysOf<Bill> = {
  hosts: "an array: cores, memory in MiB and disk in GiB that machines ask of each host",
  stores: "an array: disk of machines and templates in each store, in GiB",
  clusters: "an array: what each cluster asks",
  total: "of all of them",
  losses: "an array: what is left of etcd, workers and the API when a host is lost",
};
