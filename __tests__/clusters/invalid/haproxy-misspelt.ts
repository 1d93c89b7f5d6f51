import { optioned } from "../optioned";

export default { ...optioned, api: { ...optioned.api, through: "ha-proxy" } };
