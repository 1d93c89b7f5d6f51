/** Kubelets are those that run, by the boot id of their machine, and who wants to know when one starts or stops. */
export class Kubelets {
  private readonly running = new Set<string>();
  private readonly listeners: ((bootId: string) => void)[] = [];

  runs(bootId: string): boolean {
    return this.running.has(bootId);
  }

  start(bootId: string): void {
    this.running.add(bootId);
    this.tell(bootId);
  }

  stop(bootId: string): void {
    if (this.running.delete(bootId)) this.tell(bootId);
  }

  watch(listener: (bootId: string) => void): void {
    this.listeners.push(listener);
  }

  private tell(bootId: string): void {
    for (const listener of this.listeners) listener(bootId);
  }
}
