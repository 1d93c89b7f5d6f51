import type { Rke2 } from "../../config/model/rke2";
import { registryAuthority } from "../composed";
import type { Step, TextFile } from "../document";
import { paths } from "../paths";

/** registries that containerd fetches images from, and the authorities that it believes there. */
export function registries({ registries: { mirrors, configs } }: Rke2): Step {
  if (mirrors.length === 0 && configs.length === 0) return {};
  const authorities = configs.flatMap(({ host, ca }): TextFile[] =>
    ca === undefined ? [] : [{ path: registryAuthority(host), permissions: "0644", content: ca }],
  );
  return { files: [{ path: paths.registries, secret: "registries.yaml" }, ...authorities] };
}
