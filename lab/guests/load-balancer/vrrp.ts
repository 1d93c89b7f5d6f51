import type { LabNetwork } from "../../network/contract";
import type { VrrpInstance } from "./keepalived-config";

/** Router is one VRRP instance on a machine that runs. */
export interface Router {
  readonly machine: string;
  readonly instance: VrrpInstance;
  state: "FAULT" | "BACKUP" | "MASTER";
}

/** Holder of an address: a machine, and the address it has by itself. */
export interface Holder {
  readonly machine: string;
  readonly address: string;
}

/** Vrrp is the talk of all routers of the node network: who is master, and to whom an address leads. */
export class Vrrp {
  private readonly routers = new Set<Router>();
  private readonly held = new Map<string, Router>();
  /** lapses: each time that an address was held and then by nobody, that address. */
  readonly lapses: string[] = [];

  constructor(
    private readonly network: LabNetwork,
    private readonly violate: (text: string) => void,
    /** ownerOf an address that a machine has by itself. */
    private readonly ownerOf: (address: string) => string | undefined,
  ) {}

  /** holders of each address that is held. */
  holders(): ReadonlyMap<string, Holder> {
    return new Map(
      [...this.held].map(([address, { machine, instance }]) => [
        address,
        { machine, address: instance.source },
      ]),
    );
  }

  join(router: Router): void {
    this.routers.add(router);
    this.place();
  }

  leave(router: Router): void {
    this.routers.delete(router);
    this.place();
  }

  /** place looks again who should be master; to be called after every change. */
  place(): void {
    const able = [...this.routers]
      .filter(({ state }) => state !== "FAULT")
      .sort((a, b) => b.instance.priority - a.instance.priority);
    for (const router of able) {
      const stronger = able.some(
        (other) =>
          other !== router && other.state === "MASTER" && hears(router, other) && yields(router, other),
      );
      router.state = stronger ? "BACKUP" : "MASTER";
    }
    const addresses = new Set([...this.held.keys(), ...able.flatMap(({ instance }) => instance.addresses)]);
    for (const address of addresses) this.lead(address, able);
  }

  private lead(address: string, able: readonly Router[]): void {
    const masters = able.filter(
      ({ state, instance }) => state === "MASTER" && instance.addresses.includes(address),
    );
    const [master] = masters;
    const owner = this.ownerOf(address);
    const holders = [...(owner === undefined ? [] : [owner]), ...masters.map(({ machine }) => machine)];
    if (holders.length > 1) this.violate(`${address} is held by ${holders.join(" and ")} at once`);
    if (master === undefined) {
      if (this.held.delete(address)) this.lapses.push(address);
    } else this.held.set(address, master);
    this.network.alias(address, master?.instance.source);
  }
}

/** hears: advertisements of other reach router, which takes them from its own peers and of its own number only. */
function hears(router: Router, other: Router): boolean {
  return (
    other.instance.routerId === router.instance.routerId &&
    other.instance.peers.includes(router.instance.source) &&
    router.instance.peers.includes(other.instance.source)
  );
}

/** yields: a master to a higher priority, a backup to whoever is master unless it may take over from a lower one. */
function yields(router: Router, master: Router): boolean {
  const isWeaker = router.instance.priority < master.instance.priority;
  return router.state === "MASTER" || !router.instance.nopreempt ? isWeaker : true;
}
