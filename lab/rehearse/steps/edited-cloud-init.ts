import { expectChanges, expectEveryNodeReady } from "../expect";
import { countsOf } from "../plan";
import type { Step } from "../step";

export const editedCloudInit: Step = {
  name: "edited cloud-init: no machine touched",
  async run({ subject, program, lab }, say) {
    const { file } = subject.editedCloudInit;
    await program.synth(file);
    const changes = await program.plan();
    expectChanges("editing cloud-init", changes, ({ type }) => type === snippet);
    await program.deploySynthesized(file, say);
    await expectEveryNodeReady(lab, subject.editedCloudInit);
    return countsOf(changes);
  },
};

const snippet = "proxmox_virtual_environment_file";
