/** majorityOf etcd's members: as many have to live for it to take a write. */
export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1;
}
