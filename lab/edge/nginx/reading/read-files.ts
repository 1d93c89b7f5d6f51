import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { scopeOf } from "./directives";
import { type Directive, parse, SyntaxProblem } from "./syntax";

/** problemInFiles of hosts below a `/data`, in the words of `nginx -t`; undefined = none was found. */
export async function problemInFiles(data: string): Promise<string | undefined> {
  for (const [folder, context] of folders) {
    const home = join(data, "nginx", folder);
    for (const name of (await readdir(home)).filter((file) => file.endsWith(".conf")).sort()) {
      // Somebody else's request may have taken the file away meanwhile; nginx fails then too.
      const text = await readFile(join(home, name), "utf8").catch(() => undefined);
      const file = `/data/nginx/${folder}/${name}`;
      if (text === undefined) return failed(`open() "${file}" failed (2: No such file or directory)`);
      const problem = await problemIn(text, context, data);
      if (problem !== undefined) return failed(`${problem.message} in ${file}:${problem.line}`);
    }
  }
  return undefined;
}

const folders = [
  ["default_host", "http"],
  ["proxy_host", "http"],
  ["redirection_host", "http"],
  ["dead_host", "http"],
  ["stream", "stream"],
] as const;

async function problemIn(
  text: string,
  context: "http" | "stream",
  data: string,
): Promise<SyntaxProblem | undefined> {
  try {
    for (const { name, body } of parse(text, scopeOf(context))) {
      if (name === "server" && body !== undefined) await checkKeyPair(body, data);
    }
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error;
    throw error;
  }
}

/** checkKeyPair of a server: nginx refuses a key that is not the certificate's, wherever else it is right. */
async function checkKeyPair(server: readonly Directive[], data: string): Promise<void> {
  const certificate = server.find(({ name }) => name === "ssl_certificate");
  const key = server.find(({ name }) => name === "ssl_certificate_key");
  if (certificate === undefined || key === undefined) return;
  const [chain, secret] = await Promise.all([pemOf(certificate, data), pemOf(key, data)]);
  if (!new X509Certificate(chain).checkPrivateKey(createPrivateKey(secret))) {
    const path = shown(key, data);
    throw new SyntaxProblem(`SSL_CTX_use_PrivateKey("${path}") failed: key values mismatch`, key.line);
  }
}

async function pemOf(directive: Directive, data: string): Promise<string> {
  return readFile(directive.args[0] ?? "", "utf8").catch(() => {
    const path = shown(directive, data);
    throw new SyntaxProblem(`cannot load certificate "${path}": No such file or directory`, directive.line);
  });
}

function shown({ args }: Directive, data: string): string {
  return (args[0] ?? "").replace(data, "/data");
}

function failed(what: string): string {
  return `nginx: [emerg] ${what}\nnginx: configuration file /etc/nginx/nginx.conf test failed\n`;
}
