import { randomBytes } from "node:crypto";
import type { LabAuthority } from "./network";
import type { SecretVariable } from "./rehearse/subject";

/** secretEnvironment gives every secret that the stacks ask for a value of this lab's own. */
export async function secretEnvironment(
  variables: readonly SecretVariable[],
  authority: LabAuthority,
): Promise<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const variable of variables) {
    if (variable.kind === "text") {
      environment[`TF_VAR_${variable.name}`] = randomBytes(24).toString("base64url");
      continue;
    }
    const issued = await authority.issue(variable.names);
    environment[`TF_VAR_${variable.certificate}`] = issued.certificatePem;
    environment[`TF_VAR_${variable.key}`] = issued.keyPem;
  }
  return environment;
}
