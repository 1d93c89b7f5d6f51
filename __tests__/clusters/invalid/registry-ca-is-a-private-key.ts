import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      configs: {
        "registry.test.com": {
          tls: {
            ca: "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n",
          },
        },
      },
    },
  },
};
