import { optioned } from "../optioned";

const { snapshots } = optioned.servers.etcd;

export default {
  ...optioned,
  servers: {
    ...optioned.servers,
    etcd: { snapshots: { ...snapshots, s3: { ...snapshots.s3, folder: "/clusters/home/" } } },
  },
};
