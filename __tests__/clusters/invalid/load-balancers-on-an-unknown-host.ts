import { optioned } from "../optioned";

export default {
  ...optioned,
  api: { ...optioned.api, loadBalancers: { ...optioned.api.loadBalancers, on: ["pve1", "pve7"] } },
};
