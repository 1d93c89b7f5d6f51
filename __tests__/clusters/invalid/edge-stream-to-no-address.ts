import { site } from "../asking";

export default {
  ...site,
  accept: { ...site.accept, "edge/stream-hides-visitor": "an example" },
  services: {
    ...site.services,
    dns: {
      image: "dns:1",
      ports: { dns: { port: 53, transport: "UDP" }, admin: 8080 },
      expose: { type: "LoadBalancer", address: "192.168.0.241" },
    },
    mail: { image: "mail:1", port: 25, expose: { type: "LoadBalancer", address: "192.168.0.242" } },
    job: { kind: "Job", image: "job:1" },
  },
  edge: {
    ...site.edge,
    streams: {
      a: { port: 5000, to: { service: "hello" } },
      b: { port: 5001, to: { service: "dns" } },
      c: { port: 5002, to: { service: "dns", port: 54 } },
      d: { port: 5003, to: { service: "dns", port: 53 } },
      e: { port: 5004, to: { service: "dns", port: 53 }, transports: ["UDP", "TCP"] },
      f: { port: 5005, to: { service: "mial" } },
      g: { port: 5006, to: { service: "job" } },
      h: { port: 5007, to: { ingress: 80 }, transports: ["UDP"] },
    },
  },
};
