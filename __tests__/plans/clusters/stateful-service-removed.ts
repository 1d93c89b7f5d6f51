import { base } from "./base";

const { hello, shop } = base.services;

export default { ...base, services: { hello, shop } };
