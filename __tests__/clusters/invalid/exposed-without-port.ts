import { site } from "../asking";

export default {
  ...site,
  services: { worker: { image: "worker:1", expose: { type: "LoadBalancer", address: "192.168.0.241" } } },
};
