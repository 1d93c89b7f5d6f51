import { base } from "./base";

const { hello, notes } = base.services;

export default { ...base, services: { hello, notes }, routes: base.routes.slice(0, 1) };
