import { createServer } from "node:http";

/** serveRelease lets machines download the release as they do from an operator's own folder. It returns how to end that. */
export async function serveRelease(
  address: string,
  { path, archive }: { readonly path: string; readonly archive: Buffer },
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    if (request.url === path) response.end(archive);
    else response.writeHead(404).end("Not Found");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(80, address, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
