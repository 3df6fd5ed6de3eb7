/** A name the contract could have. Anything else in the place of one may be a value gone astray: a person's, at worst. */
const FIELD_NAME = /^(?!.*\d{6})[A-Za-z_][\w.-]{0,63}$/;

/**
 * The pointer (RFC 6901) to a member or element of what `pointer` points to. A name that does not look like a field
 * name is not repeated; the pointer then stays at the parent.
 */
export function childPointer(pointer: string, token: number | string): string {
  // A name of that form holds neither `~` nor `/`, so nothing is left to escape.
  return typeof token === 'number' || FIELD_NAME.test(token) ? `${pointer}/${token}` : pointer;
}

/** The pointer to a path, from the root. */
export function pointerTo(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (pointer, token) => childPointer(pointer, typeof token === 'number' ? token : String(token)),
    root,
  );
}
