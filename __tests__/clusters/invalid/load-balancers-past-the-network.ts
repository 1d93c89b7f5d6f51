import { optioned } from "../optioned";

export default {
  ...optioned,
  api: { ...optioned.api, loadBalancers: { ...optioned.api.loadBalancers, first: "192.168.0.255" } },
};
