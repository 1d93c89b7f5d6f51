import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { selfSignedAuthority, serverCertificate } from "./certificate";
import type { LabAuthority } from "./contract";

/** createLabAuthority makes a fresh authority and writes its certificate (never its key) into folder. */
export async function createLabAuthority(folder: string): Promise<LabAuthority> {
  const authority = await selfSignedAuthority("Slipway lab authority");
  const certificateFile = join(folder, "lab-authority.crt");
  await mkdir(folder, { recursive: true });
  await writeFile(certificateFile, authority.certificatePem);
  return {
    certificateFile,
    certificatePem: authority.certificatePem,
    issue(names) {
      const [first] = names;
      if (first === undefined) throw new Error("a server certificate needs at least one name or address");
      return serverCertificate(authority, first, names);
    },
  };
}
