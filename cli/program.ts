import { Command } from "commander";
import { addAddresses } from "./addresses";
import { addBill } from "./bill";
import { addBoot } from "./boot";
import { addCompletion } from "./completion";
import { addDeploy } from "./deploy";
import { addDns } from "./dns";
import { addDoctor } from "./doctor";
import { addExplain } from "./explain";
import { addKubeconfig } from "./kubeconfig";
import { addPin } from "./pin";
import { addPlan } from "./plan";
import { addReview } from "./review";
import { addRehearse } from "./rehearse";
import { addTopology } from "./topology";
import { addTrace } from "./trace";
import { addValidate } from "./validate";

/** slipway with every command, not run: cli/main.ts runs it, the reference and the completions read it. */
export function slipway(): Command {
  const program = new Command("./slipway")
    .usage("<command> [options]")
    .description(
      "Kubernetes on your own Proxmox hosts, as code: one file, cluster.ts, to a running RKE2 cluster.",
    )
    .addHelpText("after", `\n${ending}`)
    .helpCommand(false)
    .helpOption("-h, --help", "print this")
    .showHelpAfterError("(./slipway --help shows what there is)");

  addValidate(program);
  addExplain(program);
  addPin(program);
  addAddresses(program);
  addBill(program);
  addDns(program);
  addTopology(program);
  addTrace(program);
  addDoctor(program);
  addPlan(program);
  addReview(program);
  addDeploy(program);
  addKubeconfig(program);
  addRehearse(program);
  addBoot(program);
  addCompletion(program);
  return program;
}

const ending = `The cluster file is cluster.ts; --cluster <file> or SLIPWAY_CLUSTER=<file> names another one.
./slipway <command> --help has what it needs, examples and exit statuses. All of it on one page: docs/reference/commands.md`;
