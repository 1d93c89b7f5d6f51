import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { paint } from "./paint";

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "look whether a deploy would find what it needs: tools, variables, Proxmox, SSH, Kubernetes, the proxy. Nothing is changed",
    )
    .addOption(clusterOption())
    .option(
      "--json",
      'print {"ok", "file", "sections"}; a finding that is "not checked" or a "note" leaves ok true',
    )
    .action(async (options: ClusterOption & { json?: true }) => {
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
}
