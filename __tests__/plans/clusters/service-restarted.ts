import { base } from "./base";

export default {
  ...base,
  services: {
    ...base.services,
    notes: { ...base.services.notes, image: "docker.io/traefik/whoami:v1.12.0" },
  },
};
