import { type Release, SharedHolds } from "../../../shared-hold";
import { ip } from "./ip";

/** Addresses that a network namespace answers at, each on its loopback device, as long as somebody holds it. */
export class Addresses {
  private readonly holds = new SharedHolds();

  /** hold an address until the returned function is called. */
  hold(address: string): Promise<Release> {
    return this.holds.hold(address, async () => {
      await ip("address", "add", `${address}/32`, "dev", "lo");
      return async () => {
        await ip("address", "delete", `${address}/32`, "dev", "lo");
      };
    });
  }

  has(address: string): boolean {
    return this.holds.has(address);
  }
}

/** addresses of the namespace that this process is in. */
export const addresses = new Addresses();
