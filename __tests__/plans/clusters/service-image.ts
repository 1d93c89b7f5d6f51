import { base } from "./base";

export default {
  ...base,
  services: {
    ...base.services,
    hello: { ...base.services.hello, image: "docker.io/traefik/whoami:v1.12.0" },
  },
};
