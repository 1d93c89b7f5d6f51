import { site } from "../asking";
import { lab } from "../home";

export default [
  { ...site, edge: { ...site.edge, redirections: { "old.com": { to: "new.com" } }, defaultSite: "404" } },
  { ...lab, edge: { ...site.edge, redirections: { "old.com": { to: "newer.com" } }, defaultSite: "444" } },
];
