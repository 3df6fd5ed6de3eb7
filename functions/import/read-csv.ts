import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { limits } from '../../shared/contract/limits.ts';
import { type CsvMapping, columnsOf } from './csv-mapping.ts';
import type { ImportLine } from './import-line.ts';
import { type CsvRecord, mapRecord } from './map-record.ts';

/** The table cannot be read as a whole. The message is for whoever sent it and holds nothing of its lines. */
export class CsvUnreadable extends Error {
  override readonly name = 'CsvUnreadable';
}

/**
 * Events from a table as bureaus export it (RFC 4180), its first line naming the columns.
 *
 * @throws CsvUnreadable while being read: a column of the mapping is not there, a quote never ends, bytes are not of
 * the encoding.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  mapping: CsvMapping,
): AsyncGenerator<ImportLine> {
  const text = Readable.from(decode(chunks, mapping.encoding));
  const parser = text.pipe(
    parse({
      bom: true,
      delimiter: mapping.delimiter,
      columns: (header: readonly string[]) => checkColumns(header, mapping),
      info: true,
      skip_empty_lines: true,
      // A line with a cell too many or too few must not spoil the others: what is missing reads as empty.
      relax_column_count: true,
      max_record_size: limits.bodyBytes,
    }),
  );
  text.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: CsvRecord;
      info: { lines: number };
    }>) {
      yield { line: info.lines, read: () => mapRecord(mapping, record) };
    }
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    // A pipe does not tell its source that nobody reads on: the connection behind it would stay open.
    text.destroy();
  }
}

/** In pieces, as they come; `fatal`, for a wrong encoding makes other words of the right ones. */
async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CsvUnreadable(`The table is not in the encoding ${encoding}.`);
  }
}

function checkColumns(header: readonly string[], mapping: CsvMapping): string[] {
  const names = header.map((name) => name.trim());
  const missing = columnsOf(mapping).filter((column) => !names.includes(column));
  if (missing.length === 0) return names;
  throw new CsvUnreadable(`The table has no column ${missing.join(', ')}.`);
}

function asUnreadable(error: unknown): unknown {
  if (error instanceof CsvUnreadable || !(error instanceof Error) || !('code' in error)) return error;
  // The parser's message quotes the line.
  if (!String(error.code).startsWith('CSV_')) return error;
  const line = 'lines' in error ? ` near line ${Number(error.lines)}` : '';
  return new CsvUnreadable(`The table cannot be read${line}: ${String(error.code)}.`);
}
