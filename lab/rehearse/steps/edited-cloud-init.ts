import { expectChanges, expectEveryNodeReady } from "../expect";
import type { Step } from "../step";

export const editedCloudInit: Step = {
  name: "edited cloud-init: no machine touched",
  async run({ subject, program, lab }, say) {
    const { file } = subject.editedCloudInit;
    await program.synth(file);
    expectChanges("editing cloud-init", await program.plan(), ({ type }) => type === snippet);
    const counts = await program.deploySynthesized(file, say);
    await expectEveryNodeReady(lab, subject.editedCloudInit);
    return counts;
  },
};

const snippet = "proxmox_virtual_environment_file";
