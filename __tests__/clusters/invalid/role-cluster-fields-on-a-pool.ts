import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, audit: "request" },
  workers: { ...home.workers, profile: "cis" },
};
