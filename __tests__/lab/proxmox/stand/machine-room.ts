import type {
  AgentInterface,
  DiskContent,
  MachineRoom,
  PoweredMachine,
  RunningMachine,
} from "../../../../lab/machine";

/** RecordingRoom turns machines on that do nothing, and remembers what they were given. */
export class RecordingRoom implements MachineRoom {
  readonly booted: PoweredMachine[] = [];
  readonly discarded: DiskContent[] = [];
  readonly running = new Map<number, { turnOff: () => void }>();
  agent: readonly AgentInterface[] | undefined = [
    { name: "lo", mac: "00:00:00:00:00:00", addresses: [{ address: "127.0.0.1", prefix: 8 }] },
    { name: "eth0", mac: "BC:24:11:00:00:01", addresses: [{ address: "192.168.0.31", prefix: 24 }] },
  ];

  /** gate keeps a machine that was turned on from running until it opens. */
  gate: Promise<void> = Promise.resolve();

  async powerOn(machine: PoweredMachine, poweredOff: () => void): Promise<RunningMachine> {
    this.booted.push(machine);
    await this.gate;
    this.running.set(machine.vmId, { turnOff: poweredOff });
    return {
      agent: () => this.agent,
      powerOff: () => {
        this.running.delete(machine.vmId);
        return Promise.resolve();
      },
    };
  }

  discard(content: DiskContent): void {
    this.discarded.push(content);
  }

  copy(content: DiskContent): DiskContent {
    return content.kind === "system" ? { kind: "system", system: { ...content.system } } : content;
  }
}
