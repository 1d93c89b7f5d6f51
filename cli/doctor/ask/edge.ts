import { z } from "zod";
import { attempt } from "../../trace/curl";
import { loginRequest, tokenSchema } from "../../trace/live-edge";
import { edgeLogin } from "../credentials";
import type { EdgeAnswers } from "../judge/edge";
import type { Reading } from "../reading";
import { certificateOf, readingOf } from "./api";

type Environment = Readonly<Record<string, string | undefined>>;

/** askEdge, the proxy in front: its version, and who the login is there. */
export async function askEdge(url: string, environment: Environment): Promise<EdgeAnswers> {
  const bounds = ["--connect-timeout", "5"];
  const greeted = await attempt([...bounds, `${url}/api/`]);
  const status = readingOf(greeted, statusSchema);
  const certificate = certificateOf(greeted);
  const answers = { status, ...(certificate === undefined ? {} : { certificate }) };
  const login = edgeLogin(environment);
  if (status.kind !== "read" || login === undefined) return answers;
  const [target, settings] = loginRequest(url, login.identity, login.secret);
  const token = readingOf(await attempt([...bounds, ...target], settings), tokenSchema);
  if (token.kind !== "read") return { ...answers, user: token };
  if (token.value.token === undefined) return { ...answers, user: secondFactor };
  const user = readingOf(
    await attempt(
      [...bounds, `${url}/api/users/me?expand=permissions`],
      [["header", `Authorization: Bearer ${token.value.token}`]],
    ),
    userSchema,
  );
  return { ...answers, user };
}

const secondFactor: Reading<never> = { kind: "refused", status: 200, says: "it asks for a second factor" };

const statusSchema = z.object({
  setup: z.boolean().default(true),
  version: z.object({ major: z.number(), minor: z.number(), revision: z.number() }),
});

const userSchema = z.object({
  roles: z.array(z.string()).default([]),
  permissions: z.record(z.string(), z.unknown()).default({}),
});
