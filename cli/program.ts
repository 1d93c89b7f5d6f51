import { Command } from "commander";
import { addAddresses } from "./addresses";
import { addBill } from "./bill";
import { addBoot } from "./boot";
import { addDeploy } from "./deploy";
import { addDns } from "./dns";
import { addKubeconfig } from "./kubeconfig";
import { addPin } from "./pin";
import { addPlan } from "./plan";
import { addReview } from "./review";
import { addRehearse } from "./rehearse";
import { addTrace } from "./trace";
import { addValidate } from "./validate";

/** slipway with every command, not run: cli/main.ts runs it, the reference and the completions read it. */
export function slipway(): Command {
  const program = new Command("slipway")
    .description("Kubernetes on your own Proxmox hosts, as code.")
    .addHelpText(
      "after",
      "\nThe cluster file is cluster.ts; SLIPWAY_CLUSTER=<file> or --cluster <file> names another one." +
        "\nMachines are made by `npx cdktf deploy '*'`.",
    )
    .helpCommand(false)
    .showHelpAfterError("(slipway --help shows what there is)");

  addValidate(program);
  addAddresses(program);
  addBill(program);
  addDns(program);
  addPin(program);
  addPlan(program);
  addReview(program);
  addDeploy(program);
  addRehearse(program);
  addBoot(program);
  addKubeconfig(program);
  addTrace(program);
  return program;
}
