import { base } from "./base";

export default {
  ...base,
  services: {
    ...base.services,
    blog: { image: "docker.io/traefik/whoami:v1.11.0", port: 8080, replicas: 1 },
  },
};
