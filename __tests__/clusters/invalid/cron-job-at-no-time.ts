import { home } from "../home";

export default {
  ...home,
  services: { report: { kind: "CronJob", image: "report:1", schedule: "60 * * * *", timeZone: "Seoul" } },
};
