import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readDigest } from "../../cli/publisher";

const digest = "3f".repeat(32);
const pages: Record<string, string> = {
  "/ubuntu/SHA256SUMS": `${"00".repeat(32)} *other.img\n${digest} *noble.img\n`,
  "/rke2/sha256sum-amd64.txt": `${"00".repeat(32)}  rke2-images.tar.gz\n${digest}  rke2.linux-amd64.tar.gz\n`,
};
let server: Server;
let site: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? 404 : 200).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port }: AddressInfo = addressOf(server);
  site = `http://127.0.0.1:${port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a digest is read from the lists of Ubuntu and of RKE2", async () => {
  expect(await readDigest(`${site}/ubuntu/SHA256SUMS`, "noble.img")).toBe(digest);
  expect(await readDigest(`${site}/rke2/sha256sum-amd64.txt`, "rke2.linux-amd64.tar.gz")).toBe(digest);
});

test("refuses a list without the file", async () => {
  await expect(readDigest(`${site}/ubuntu/SHA256SUMS`, "jammy.img")).rejects.toThrow(
    "has no digest of jammy.img",
  );
});

test("refuses an answer that is not the list", async () => {
  await expect(readDigest(`${site}/gone`, "x")).rejects.toThrow("answers 404");
});

test("refuses where there is no network, with a way out", async () => {
  await expect(readDigest("http://127.0.0.1:1/SHA256SUMS", "x")).rejects.toThrow(
    /cannot be read: .*\nRun \.\/slipway pin where/,
  );
});

function addressOf(listening: Server): AddressInfo {
  const address = listening.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address;
}
