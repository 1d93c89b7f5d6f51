import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    { host: "main.test.com", paths: { "/form": { redirect: { status: 303, path: { full: "/thanks" } } } } },
  ],
};
