/** A pack that names something it does not define. The lint reports the same faults with their places. */
export class InvalidPack extends Error {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.name = 'InvalidPack';
    this.path = path;
  }
}
