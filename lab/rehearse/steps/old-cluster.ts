import { expectAnswers, expectChanges, expectEveryNodeReady, expectNothingToDo } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Rehearsal, Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster, type LaidOutNode, type Layout } from "../subject";
import { until } from "../until";

/**
 * All servers of a cluster that is older than a day are gone. Rebuilt, the first refuses to begin another and says how to
 * allow it; an operator who reads that stops the deploy, does so, and the cluster begins anew.
 */
export function oldCluster(allowed: Layout): Step {
  return {
    name: "an old cluster, all servers gone: refuses to begin another until that is allowed",
    async run(rehearsal, say) {
      const { subject, program, lab } = rehearsal;
      const { file } = subject.editedCloudInit;
      const lost = allowed.clusters.filter(({ servers }) => servers.length > 1);
      const begun = ({ servers }: LaidOutCluster): number => lab.initialisations(addressesOf(servers));
      const before = lost.map(begun);
      const servers = lost.flatMap((cluster) => cluster.servers);
      lab.letDaysPass(2);
      for (const { vmId } of servers) await lab.deleteMachine(vmId);

      const [first] = servers;
      if (first === undefined) throw new Error("no cluster has several servers");
      const refusal = await deployUntilRefused(rehearsal, file, first, say);
      if (lost.map(begun).join() !== before.join()) throw new StepFailed("a cluster was begun all the same");

      // As the refusal says: the field, the VM that stands, a deploy.
      await program.synth(allowed.file);
      await lab.deleteMachine(first.vmId);
      const changes = await program.plan("-machines");
      expectChanges("allowing it", changes, ({ address, type }) => {
        return type === snippet || servers.some(({ name }) => belongsTo(name, address));
      });
      await program.deploySynthesized(allowed.file, say);
      await expectEveryNodeReady(lab, allowed);
      await expectAnswers(lab, allowed);
      for (const [index, cluster] of lost.entries()) {
        const times = begun(cluster) - (before[index] ?? 0);
        if (times !== 1)
          throw new StepFailed(`cluster ${cluster.name} was begun anew ${times} times, not once`);
      }
      await expectNothingToDo(program, "once the cluster was begun anew, a plan");
      return { ...countsOf(changes), seen: [refusal] };
    },
  };
}

const snippet = "proxmox_virtual_environment_file";

/** deployUntilRefused waits for the refusal, as an operator would who looks where the gate says, and presses Ctrl-C. */
async function deployUntilRefused(
  { program, lab }: Rehearsal,
  file: string,
  first: LaidOutNode,
  say: (line: string) => void,
): Promise<string> {
  const printed: string[] = [];
  const ctrlC = new AbortController();
  const deployed = program.deployUntil(ctrlC.signal, file, (line) => {
    printed.push(line);
    say(line);
  });
  let refusal: string | undefined;
  const refused = until(() => {
    refusal = [...lab.consoles().values()]
      .map((lines) => refusalOf(lines, first))
      .find((text) => text !== undefined);
    return (
      refusal !== undefined &&
      printed.some((line) => line.includes(`look at: the console of VM ${first.vmId} `))
    );
  });
  await Promise.race([refused, deployed]);
  ctrlC.abort();
  await deployed;
  if (refusal === undefined)
    throw new StepFailed(`${first.name} did not refuse, or did not say how to allow it`);
  if (!(await refused)) throw new StepFailed("the gate does not say where to look", printed.join("\n"));
  return refusal;
}

/** refusalOf a server on its console: what was found, and the way to allow it with this very machine in it. */
function refusalOf(console: readonly string[], { name, vmId }: LaidOutNode): string | undefined {
  const begin = console.indexOf(`${name} refuses to begin a new cluster`);
  const text = console
    .slice(begin, begin + 5)
    .join(" ")
    .replace(/\s+/g, " ");
  const says = [
    "found asked",
    "and nobody answers; the cluster's CA is 48 hours old",
    'set rke2.initialise: "allowed" in cluster.ts',
    `destroy VM ${vmId} (`,
    "in Proxmox, deploy again",
  ];
  return begin >= 0 && says.every((part) => text.includes(part)) ? text : undefined;
}
