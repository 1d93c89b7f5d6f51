import { type Problem, ProviderError } from "../protocol/problem";
import type { Environment } from "../protocol/provider";
import type { Attributes } from "../protocol/value";
import { type Api, apiAt, Failed } from "./api";
import { rowOf } from "./row";

/** connectionOf logs in once, so that a proxy out of reach or a wrong password fails the plan. */
export async function connectionOf(config: Attributes, environment: Environment): Promise<Api> {
  const given = (name: string): string => {
    const value = config[name];
    return typeof value === "string" && value !== ""
      ? value
      : (environment[`NGINXPROXYMANAGER_${name.toUpperCase()}`] ?? "");
  };
  const identity = given("username");
  const secret = given("password");
  const [first, ...others] = [
    ...(identity === "" ? [required("username")] : []),
    ...(secret === "" ? [required("password")] : []),
  ];
  if (first !== undefined) throw new ProviderError(first, ...others);
  const base = given("url").replace(/\/+$/, "");
  try {
    const answer = await apiAt(base, environment).ask("POST", "/tokens", { json: { identity, secret } });
    // An account with a second factor gets a challenge in place of these.
    const { token } = rowOf(answer, ["expires", "token"]);
    return apiAt(base, environment, String(token));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    throw new ProviderError({
      summary: "Failed to authenticate with the Nginx Proxy Manager API",
      detail: error.message,
    });
  }
}

function required(name: "username" | "password"): Problem {
  return {
    summary: `${name.charAt(0).toUpperCase()}${name.slice(1)} is required`,
    detail: `Please provide a ${name} value`,
    path: [name],
  };
}
