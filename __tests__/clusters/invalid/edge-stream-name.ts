import { site } from "../asking";

export default {
  ...site,
  accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
  edge: { ...site.edge, streams: { 'raw"': { port: 8443, to: { ingress: 443 } } } },
};
