import { site } from "../asking";

export default {
  ...site,
  secrets: { navi: { keys: { "api-key": "navi_api_key" } } },
  services: { job: { image: "busybox", env: { KEY: { secret: "navi", key: "apikey" } } } },
};
