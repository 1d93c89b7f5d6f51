import { type Expectation, expectationOf } from "./judge/expectation";
import type { Check } from "./judge/check";
import { type Facts, factsOf } from "./judge/facts";
import type { Image } from "./image/image";
import { writeSeedDrive } from "./image/seed-drive";
import { switchOn, type VirtualMachine } from "./machine/virtual-machine";
import type { BootMachine, BootSubject } from "./subject";

/** Room is where the machines of one boot test are. */
export class Room {
  readonly checks: Check[] = [];
  private readonly inside = new Map<string, Inhabitant>();
  private readonly endings: (() => Promise<unknown>)[] = [];

  constructor(
    readonly subject: BootSubject,
    readonly scratch: string,
  ) {}

  /** start a machine; its card is plugged into a tap that is there. */
  async start(machine: BootMachine, image: Image, tap: string): Promise<void> {
    const drive = await writeSeedDrive(this.scratch, machine.name, machine.seed);
    const vm = await switchOn(machine.name, this.scratch, { mac: machine.mac, image, drive, tap });
    this.inside.set(machine.name, { vm, expected: expectationOf(machine, this.subject), facts: [] });
  }

  vm(name: string): VirtualMachine {
    return this.at(name).vm;
  }

  expected(name: string): Expectation {
    return this.at(name).expected;
  }

  /** ask a machine what it is like now, and remember it. */
  async ask(name: string): Promise<Facts> {
    const { vm, expected, facts } = this.at(name);
    const found = await factsOf(vm.agent, expected);
    facts.push(found);
    return found;
  }

  /** facts of every machine, as it was asked first. */
  facts(): ReadonlyMap<string, Facts> {
    return new Map(
      [...this.inside].flatMap(
        ([
          name,
          {
            facts: [first],
          },
        ]) => (first === undefined ? [] : [[name, first]]),
      ),
    );
  }

  consoles(): Record<string, readonly string[]> {
    return Object.fromEntries([...this.inside].map(([name, { vm }]) => [name, vm.console()]));
  }

  /** atEnd is called when the room is closed, before the machines lose their power. */
  atEnd(end: () => Promise<unknown>): void {
    this.endings.push(end);
  }

  async close(): Promise<void> {
    await Promise.all(this.endings.splice(0).map((end) => end()));
    await Promise.all([...this.inside.values()].map(({ vm }) => vm.powerOff()));
  }

  private at(name: string): Inhabitant {
    const found = this.inside.get(name);
    if (found === undefined) throw new Error(`no machine ${name} was started`);
    return found;
  }
}

interface Inhabitant {
  readonly vm: VirtualMachine;
  readonly expected: Expectation;
  readonly facts: Facts[];
}
