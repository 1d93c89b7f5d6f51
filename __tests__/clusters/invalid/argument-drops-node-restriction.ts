import { home } from "../home";

export default {
  ...home,
  servers: {
    ...home.servers,
    arguments: {
      "kube-apiserver": {
        "enable-admission-plugins": "AlwaysPullImages",
        "disable-admission-plugins": "NodeRestriction",
      },
    },
  },
};
