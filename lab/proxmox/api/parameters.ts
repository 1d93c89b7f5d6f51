import { badParameter } from "./api-error";

/** Parameters are a request's path, query and body parameters under one name each, as Proxmox sees them. */
export class Parameters {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  names(): string[] {
    return [...this.values.keys()];
  }

  entries(): [string, string][] {
    return [...this.values.entries()];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    return this.values.get(name);
  }

  required(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw badParameter({ [name]: "property is missing and it is not optional" });
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : isTrue(value);
  }

  integer(name: string): number | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (!/^-?\d+$/.test(value)) {
      throw badParameter({ [name]: `type check ('integer') failed - got '${value}'` });
    }
    return Number(value);
  }

  list(name: string): string[] {
    return splitList(this.values.get(name) ?? "");
  }

  without(...names: readonly string[]): Parameters {
    return new Parameters(new Map([...this.values].filter(([name]) => !names.includes(name))));
  }
}

/** splitList separates at commas, semicolons, spaces and zero bytes. */
export function splitList(value: string): string[] {
  return value.split(/[,;\s\0]+/).filter((part) => part !== "");
}

export const isTrue = (value: string): boolean => /^(1|on|yes|true)$/i.test(value);
