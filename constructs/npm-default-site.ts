import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Settings } from "../.gen/providers/nginxproxymanager/settings";
import type { DefaultSite } from "../edge/hosts";
import { literal } from "./terraform-text";

export interface NpmDefaultSiteProps {
  readonly defaultSite: DefaultSite;
  readonly after: readonly ITerraformDependable[];
}

/** What visitors see who ask for a name that the proxy does not know. In plans: `nginxproxymanager_settings.<id>`. */
export class NpmDefaultSite extends Construct {
  constructor(scope: Construct, id: string, { defaultSite: { page, redirect }, after }: NpmDefaultSiteProps) {
    super(scope, id);
    new Settings(this, "Default", {
      defaultSite: { page, ...(redirect === undefined ? {} : { redirect: literal(redirect) }) },
      dependsOn: [...after],
    });
  }
}
