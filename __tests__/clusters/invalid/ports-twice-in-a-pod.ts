import { site } from "../asking";

export default {
  ...site,
  services: {
    hello: {
      containers: {
        main: { image: "main:1", port: 8080 },
        metrics: { image: "metrics:1", ports: { http: 9090 } },
      },
      init: { proxy: { image: "proxy:1", sidecar: true, ports: { admin: 9090 } } },
    },
    next: { image: "next:1", port: 8080, ports: { admin: 9090 }, expose: { type: "ClusterIP", port: 9090 } },
    all: { selects: { tier: "web" }, port: 8080, ports: { web: 8080 } },
  },
};
