import { site } from "../asking";

export default {
  ...site,
  accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
  edge: {
    ...site.edge,
    streams: { web: { port: 443, to: { ingress: 443 } }, backend: { port: 3000, to: { ingress: 443 } } },
  },
};
