import { readdirSync, readFileSync } from 'node:fs';

/** A request or an answer as it really goes over the wire. */
export interface ContractExample {
  readonly operationId: string;
  /** `request`, or the status it is an answer with. */
  readonly of: string;
  readonly name: string;
  readonly summary: string;
  readonly value: unknown;
}

const directory = new URL('../../shared/contract/examples/', import.meta.url);

/**
 * The examples of the contract: files called `<operationId>.<request or status>.<name>.json`, each with its `summary` and
 * its `value`; in alphabetical order, so that the document does not depend on the file system.
 */
export function readExamples(): ContractExample[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const [operationId, of, name] = file.split('.');
      if (operationId === undefined || of === undefined || name === undefined) {
        throw new Error(`${file} is not named <operationId>.<request or status>.<name>.json`);
      }
      const { summary, value } = JSON.parse(readFileSync(new URL(file, directory), 'utf8'));
      return { operationId, of, name, summary, value };
    });
}
