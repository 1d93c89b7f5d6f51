import { site } from "../asking";

export default {
  ...site,
  accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
  services: {
    dns: {
      image: "dns:1",
      ports: { dns: { port: 53, transport: "UDP" } },
      expose: { type: "LoadBalancer", address: "192.168.0.241" },
    },
  },
  edge: {
    ...site.edge,
    streams: {
      dns: { port: 53, to: { service: "dns" }, transports: ["UDP"], certificate: "test.com" },
      raw: { port: 8443, to: { ingress: 443 }, certificate: "test.com" },
    },
  },
};
