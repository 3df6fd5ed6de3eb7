/** What is wrong with a pack or its cases, and where: a path into the file, as it is written there. */
export interface Finding {
  readonly in: 'pack' | 'cases';
  readonly path: readonly (string | number)[];
  readonly code: FindingCode;
  readonly message: string;
}

export type FindingCode =
  | 'syntax'
  | 'schema'
  | 'unresolved-extends'
  | 'undefined-name'
  | 'file-name'
  | 'version-gap'
  | 'version-overlap'
  | 'unused-condition'
  | 'unused-source'
  | 'source-not-yet-in-force'
  | 'unreachable-route'
  | 'no-cases'
  | 'case-invalid'
  | 'case-outside-version'
  | 'case-fails'
  | 'threshold-not-tested';
