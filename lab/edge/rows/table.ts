import type { Row } from "./rows";

/** Table of rows that are never forgotten: a deleted row keeps its id, and nobody else gets it. */
export class Table<R extends Row> {
  private readonly rows = new Map<number, { row: R; isDeleted: boolean }>();

  insert(owner: number, make: (stamp: Row) => R): R {
    const time = now();
    const id = this.rows.size + 1;
    const row = make({ id, created_on: time, modified_on: time, owner_user_id: owner });
    this.rows.set(id, { row, isDeleted: false });
    return row;
  }

  find(id: number): R | undefined {
    const entry = this.rows.get(id);
    return entry?.isDeleted === false ? entry.row : undefined;
  }

  all(): readonly R[] {
    return [...this.rows.values()].filter(({ isDeleted }) => !isDeleted).map(({ row }) => row);
  }

  change(id: number, change: (row: R) => R): R {
    const entry = this.rows.get(id);
    if (entry === undefined) throw new Error(`there was never a row ${id}`);
    entry.row = { ...change(entry.row), modified_on: now() };
    return entry.row;
  }

  setDeleted(id: number, isDeleted: boolean): R {
    const entry = this.rows.get(id);
    if (entry === undefined) throw new Error(`there was never a row ${id}`);
    entry.isDeleted = isDeleted;
    return entry.row;
  }
}

/** now as SQLite writes it. */
export function now(): string {
  return sqlTime(new Date());
}

export function sqlTime(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
