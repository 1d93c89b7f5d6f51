import { lost, type Request, type Step, type Upstream } from "../trace";
import { certificateOf, type EdgeRecords, type Stream } from "./records";

export function streamAt({ streams }: EdgeRecords, { port }: URL): Stream | undefined {
  return streams.find((each) => each.tcp_forwarding && String(each.incoming_port) === port);
}

/** throughStream: bytes are passed on as they are, or with TLS taken off; the visitor's address is lost. */
export function throughStream(
  edge: EdgeRecords,
  stream: Stream,
  request: Request,
  hops: Step[],
): { readonly request: Request; readonly to: Upstream } {
  const { name, forwarding_host: host, forwarding_port: port } = stream;
  if (!stream.enabled) return lost(`Stream ${name} is disabled in the proxy`);
  if (!stream.nginx_online)
    return lost(`Stream ${name} is not online: nginx says ${stream.nginx_err ?? "nothing"}`);
  const certificate = certificateOf(edge, stream);
  const url = new URL(request.url);
  if (certificate !== undefined) {
    if (url.protocol === "http:") return lost(`Stream ${name} takes TLS only`);
    url.protocol = "http:";
    hops.push({
      at: "edge certificate",
      object: { kind: "Certificate", name: certificate.name },
      says: `TLS at port ${stream.incoming_port} ends here`,
    });
  }
  hops.push({ at: "edge", object: { kind: "Stream", name }, says: `to ${host}:${port}` });
  const scheme = url.protocol === "https:" ? "https" : "http";
  return { request: { ...request, url, from: edge.address }, to: { scheme, host, port } };
}
