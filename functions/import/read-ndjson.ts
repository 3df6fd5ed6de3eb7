import { limits } from '../../shared/contract/limits.ts';
import { findJsonFaults } from '../../shared/json/json-faults.ts';
import type { ImportLine, ReadEvent } from './import-line.ts';
import { splitLines, type TextLine } from './split-lines.ts';

/** Events as NDJSON: one JSON object a line, as in the list of `POST /v1/registry/events`. Empty lines hold nothing. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ImportLine> {
  for await (const line of splitLines(chunks, limits.bodyBytes)) {
    yield { line: line.line, read: () => readLine(line) };
  }
}

function readLine({ text, fault }: TextLine): readonly ReadEvent[] {
  if (fault !== undefined) {
    return [{ faults: [{ pointer: '', code: fault, values: { maximum: limits.bodyBytes } }] }];
  }
  if (text.trim() === '') return [];
  const faults = findJsonFaults(text).map(({ pointer, code, maximum }) => ({
    pointer,
    code,
    ...(maximum === undefined ? {} : { values: { maximum } }),
  }));
  if (faults.length > 0) return [{ faults }];
  try {
    return [{ value: JSON.parse(text) }];
  } catch {
    // The parser's own message quotes the text: it goes nowhere.
    return [{ faults: [{ pointer: '', code: 'not-json' }] }];
  }
}
