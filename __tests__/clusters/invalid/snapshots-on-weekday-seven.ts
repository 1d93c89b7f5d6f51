import { optioned } from "../optioned";

const { snapshots } = optioned.servers.etcd;

export default {
  ...optioned,
  servers: { ...optioned.servers, etcd: { snapshots: { ...snapshots, schedule: "0 3 * * 7" } } },
};
