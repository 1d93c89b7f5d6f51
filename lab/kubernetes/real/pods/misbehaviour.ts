import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Requests can ask the pods of the lab to misbehave, by these headers; no Ingress needs to know of them.
 *
 * - `x-lab-delay: 1500` answers after so many milliseconds
 * - `x-lab-status: 503` answers with that status
 * - `x-lab-cut: yes` closes the connection without an answer
 * - `x-lab-refuse: 1500` answers, then takes no connection for so many milliseconds
 * - `x-lab-unready: 3000` fails the pod's readiness probe for so many milliseconds, and answers
 * - `x-lab-once: <any id>` does the above only to the first request with that id, whichever pod it reaches
 */
export const askingHeaders = {
  delay: "x-lab-delay",
  status: "x-lab-status",
  cut: "x-lab-cut",
  refuse: "x-lab-refuse",
  unready: "x-lab-unready",
  once: "x-lab-once",
} as const;

/** Misbehaviour of one pod, on request. */
export interface Misbehaviour {
  /** before an answer; false = there will be none. */
  before(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** onRefuse is told for how many milliseconds no connection may be taken. */
  onRefuse(listener: (milliseconds: number) => void): void;
  /** isUnready: the readiness probe has to fail. */
  isUnready(): boolean;
}

/** createMisbehaviour for one pod; `seen` are the ids of all pods of the lab. */
export function createMisbehaviour(seen: Set<string>): Misbehaviour {
  let unreadyUntil = 0;
  const refusing: ((milliseconds: number) => void)[] = [];
  return {
    onRefuse: (listener) => void refusing.push(listener),
    isUnready: () => performance.now() < unreadyUntil,
    async before(request, response) {
      const asked = (name: keyof typeof askingHeaders): string | undefined => {
        const value = request.headers[askingHeaders[name]];
        return typeof value === "string" ? value : undefined;
      };
      const id = asked("once");
      if (id !== undefined && seen.has(id)) return true;
      if (id !== undefined) seen.add(id);
      const delay = asked("delay");
      if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, Number(delay)));
      const unready = asked("unready");
      if (unready !== undefined) unreadyUntil = performance.now() + Number(unready);
      const refuse = asked("refuse");
      if (refuse !== undefined) {
        response.setHeader("connection", "close");
        response.once("finish", () => {
          for (const listener of refusing) listener(Number(refuse));
        });
      }
      if (asked("cut") !== undefined) {
        request.socket.destroy();
        return false;
      }
      response.statusCode = Number(asked("status") ?? 200);
      return true;
    },
  };
}
