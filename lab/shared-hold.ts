/** Release ends a hold; a second call does nothing. */
export type Release = () => Promise<void>;

/** SharedHolds are things that stay open as long as somebody holds them, opened and closed one after another. */
export class SharedHolds {
  private readonly holds = new Map<string, { holders: number; readonly close: Release }>();
  private last: Promise<unknown> = Promise.resolve();

  /** hold what has this key until the returned function is called; the first who does opens it. */
  async hold(key: string, open: () => Promise<Release>): Promise<Release> {
    await this.inTurn(async () => {
      const known = this.holds.get(key) ?? { holders: 0, close: await open() };
      known.holders += 1;
      this.holds.set(key, known);
    });
    let isHeld = true;
    return async () => {
      if (!isHeld) return;
      isHeld = false;
      await this.inTurn(() => this.release(key));
    };
  }

  has(key: string): boolean {
    return this.holds.has(key);
  }

  private async release(key: string): Promise<void> {
    const known = this.holds.get(key);
    if (known === undefined) throw new Error(`nobody holds ${key}`);
    known.holders -= 1;
    if (known.holders > 0) return;
    this.holds.delete(key);
    await known.close();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
