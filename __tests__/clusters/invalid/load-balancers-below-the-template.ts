import { optioned } from "../optioned";

export default {
  ...optioned,
  api: { ...optioned.api, loadBalancers: { ...optioned.api.loadBalancers, disk: "4 GiB" } },
};
