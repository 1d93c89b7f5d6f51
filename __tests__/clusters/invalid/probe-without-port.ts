import { site } from "../asking";

export default {
  ...site,
  services: {
    ...site.services,
    worker: {
      containers: {
        main: { image: "worker:1", probes: { readiness: { http: "/ready" }, liveness: { tcp: true } } },
      },
      init: { proxy: { image: "proxy:1", sidecar: true, lifecycle: { postStart: { http: "/warm" } } } },
    },
  },
};
