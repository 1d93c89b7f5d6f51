import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, count: 2, on: ["pve1", "pve2"] },
  accept: { ...home.accept, "machines/even-servers": "" },
};
