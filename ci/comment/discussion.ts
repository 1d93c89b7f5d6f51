import { Mistake } from "../../cli/mistake";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** Discussion of one pull request, or merge request, as its server keeps it. */
export interface Discussion {
  /** limit of a comment, in characters. */
  readonly limit: number;
  /** commit that the job was started for. */
  readonly commit: string;
  /** log, the address where the job's output is read. */
  readonly log: string;
  /** comments that this job's own user wrote, from the first on. */
  comments(): Promise<Comment[]>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
}

/** variable that the server sets in every job, or that the page tells to set. */
export function variable(environment: Environment, name: string, fix: string): string {
  const value = environment[name];
  if (value === undefined || value === "") throw new Mistake(`${name} is not set. ${fix}`);
  return value;
}
