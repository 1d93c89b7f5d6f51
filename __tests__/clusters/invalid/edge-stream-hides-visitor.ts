import { site } from "../asking";

export default { ...site, edge: { ...site.edge, streams: { raw: { port: 8443, to: { ingress: 443 } } } } };
