import { base } from "./base";

export default {
  ...base,
  workers: { worker: base.workers, gpu: { ...base.workers, count: 1, first: "192.168.0.41" } },
};
