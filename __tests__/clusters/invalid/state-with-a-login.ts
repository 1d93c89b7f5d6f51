import { home } from "../home";

export default {
  ...home,
  state: { http: { address: "https://ci:hunter2@git.test.com/api/v4/projects/7/terraform/state" } },
};
