import { DatabaseSync } from 'node:sqlite';

/**
 * Gives the embedded DynamoDB's table of stream records the index it lacks. Without it every write to a table with a
 * stream looks through all stream records there ever were for the last number, and so does every read: after some
 * thousands of changes the database is busy with little else.
 *
 * The database is SQLite in WAL mode, so this may be done while the server has it open.
 *
 * @param databaseFile a file the server has opened before, so that its tables are there.
 */
export function indexStreamRecords(databaseFile: string): void {
  const database = new DatabaseSync(databaseFile, { timeout: 5_000 });
  try {
    database.exec(
      'CREATE INDEX IF NOT EXISTS stream_records_by_number ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    database.close();
  }
}
