import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import type { Section } from "./doctor/finding";
import { jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
import { paint } from "./paint";

export function addDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .description(
      "look whether a deploy would find what it needs: tools, variables, Proxmox, SSH, Kubernetes, the proxy",
    )
    .addOption(clusterOption())
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption) => {
      const { loadClusterFile, loadModel } = await import("../load-cluster");
      const { examine } = await import("./doctor/examine");
      const { isWell, jsonOf, textOf } = await import("./doctor/report");
      const { file } = loadClusterFile(options.cluster);
      const sections = await examine(loadModel(options.cluster).model.clusters, process.env);
      if (!isWell(sections)) process.exitCode = 1;
      process.stdout.write(
        options.json
          ? jsonOf(file, sections)
          : textOf(file, sections, (tone, text) => paint[tone](process.stdout, text)),
      );
    });
  manual(command, {
    group: "change",
    needs:
      "the cluster file, and what a deploy needs: what is missing is a line of the report. Nothing is changed.",
    statuses: {
      0: "no problem; what could not be checked may be one",
      1: "a problem, with its fix",
    },
    examples: [
      { line: "./slipway doctor", says: "before the first deploy, and when one does not begin" },
      { line: "./slipway doctor --json | jq .ok", says: "for a script" },
    ],
    json: { form: "an object", keys },
  });
}

const keys: KeysOf<{ ok: boolean; file: string; sections: readonly Section[] }> = {
  ok: "false where there is a problem; what was not checked leaves it true",
  file: "the cluster file",
  sections: "an array: title and findings, each of them ok, a note, a problem or not checked",
};
