import { site } from "../asking";
import { lab } from "../home";

export default [
  {
    ...site,
    accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
    edge: { ...site.edge, streams: { raw: { port: 8443, to: { ingress: 443 } } } },
  },
  {
    ...lab,
    edge: { ...site.edge, streams: { raw: { port: 8443, to: { ingress: 443 } } } },
    accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
  },
];
