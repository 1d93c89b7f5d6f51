import { ip } from "./ip";

/** Addresses that a network namespace answers at, each on its loopback device, as long as somebody holds it. */
export class Addresses {
  private readonly holders = new Map<string, number>();
  private last: Promise<unknown> = Promise.resolve();

  /** hold an address until the returned function is called. */
  async hold(address: string): Promise<() => Promise<void>> {
    await this.count(address, 1);
    let held = true;
    return async () => {
      if (!held) return;
      held = false;
      await this.count(address, -1);
    };
  }

  has(address: string): boolean {
    return this.holders.has(address);
  }

  private count(address: string, change: 1 | -1): Promise<void> {
    const turn = this.last.then(async () => {
      const before = this.holders.get(address) ?? 0;
      const after = before + change;
      if (after === 0) this.holders.delete(address);
      else this.holders.set(address, after);
      if (before === 0) await ip("address", "add", `${address}/32`, "dev", "lo");
      if (after === 0) await ip("address", "delete", `${address}/32`, "dev", "lo");
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** addresses of the namespace that this process is in. */
export const addresses = new Addresses();
