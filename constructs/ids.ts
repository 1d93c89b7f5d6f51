/** ConstructId is a construct id that no other name can collide with; a bare string is not one. */
export type ConstructId = string & { readonly brand: "ConstructId" };

/**
 * constructId makes the id of a thing that has a name in cluster.ts. cdktf drops characters it does not
 * allow, so two names that differ only in a dot would silently become one resource: a dot becomes `_`,
 * which is legal in ids and illegal in host names.
 */
export function constructId(name: string): ConstructId {
  const id = name.replaceAll(".", "_");
  if (!isConstructId(id))
    throw new Error(`'${name}' cannot be a construct id: letters, digits, - and _ only`);
  return id;
}

function isConstructId(id: string): id is ConstructId {
  return /^[A-Za-z0-9_-]+$/.test(id);
}
