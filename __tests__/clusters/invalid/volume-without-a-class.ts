import { home } from "../home";

export default {
  ...home,
  services: {
    db: {
      kind: "StatefulSet",
      image: "db:1",
      port: 5432,
      volumes: {
        data: { size: "10 GiB", mount: "/data" },
        old: { size: "5 GiB", mount: "/old", storageClass: "nfs" },
      },
    },
  },
};
