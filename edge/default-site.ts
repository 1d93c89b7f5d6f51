import type { DefaultSite as Asked } from "../config/model/edge";
import type { DefaultSite } from "./hosts";
import { oneOf, urlWord } from "./nginx/words";

/** defaultSite; the proxy writes a redirect's URL into its configuration as it is. */
export function defaultSite(asked: Asked): DefaultSite {
  return asked.page === "redirect"
    ? { page: asked.page, redirect: urlWord(asked.url) }
    : { page: oneOf(["congratulations", "404", "444"], asked.page) };
}
