import { addresses } from "./addresses";
import type { Door } from "./doors";
import { type Forwarder, startForwarder } from "./forwarder";

interface OpenDoor {
  door: Door;
  turn: number;
  readonly forwarder: Forwarder;
  readonly release: () => Promise<void>;
}

/** Doors are opened and shut one after another, as the newest wish says. */
export class Doors {
  private readonly open = new Map<string, OpenDoor>();
  /** retired forwarders, through which connections may still go. */
  private readonly retired = new Set<Forwarder>();
  private wish: readonly Door[] = [];
  private done: readonly Door[] = this.wish;
  private work: Promise<void> | undefined;

  constructor(private readonly report: (text: string) => void) {}

  set(wish: readonly Door[]): void {
    this.wish = wish;
    this.work ??= this.follow().finally(() => {
      this.work = undefined;
      if (this.done !== this.wish) this.set(this.wish);
    });
  }

  /** close all, and cut what goes through them. */
  async close(): Promise<void> {
    this.set([]);
    await this.work;
    for (const forwarder of this.retired) forwarder.close();
    this.retired.clear();
  }

  private async follow(): Promise<void> {
    while (this.done !== this.wish) {
      this.done = this.wish;
      const wanted = new Map(this.done.map((door) => [`${door.address}:${door.port}`, door]));
      for (const [name, { forwarder, release }] of [...this.open]) {
        if (wanted.has(name)) continue;
        this.open.delete(name);
        forwarder.retire();
        this.retired.add(forwarder);
        await release();
      }
      for (const [name, door] of wanted) {
        const already = this.open.get(name);
        if (already !== undefined) already.door = door;
        else
          await this.openDoor(name, door).catch((error: unknown) => {
            this.report(`${name} cannot be opened in the lab: ${String(error)}`);
          });
      }
    }
  }

  private async openDoor(name: string, door: Door): Promise<void> {
    const release = await addresses.hold(door.address);
    const own = (): OpenDoor | undefined => this.open.get(name);
    try {
      const forwarder = await startForwarder(door, (client) => {
        const found = own();
        return found === undefined ? undefined : this.choose(found, client);
      });
      this.open.set(name, { door, turn: 0, forwarder, release });
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** choose endpoints in turn, and keep the client's address where it is the namespace's own. */
  private choose(open: OpenDoor, client: string) {
    const { endpoints, masquerade } = open.door;
    const backend = endpoints[open.turn++ % endpoints.length];
    if (backend === undefined) return undefined;
    const from = masquerade ?? client;
    return { backend, from: from === "127.0.0.1" || addresses.has(from) ? from : undefined };
  }
}
