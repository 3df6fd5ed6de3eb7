import { join } from 'node:path';

/** The embedded database. */
export const databaseFileIn = (dataDirectory: string) => join(dataDirectory, 'dynamodb.db');

/**
 * The file with the key that wraps all other keys of this machine: beside the database, and not in it, so that who copies the
 * one has nothing to open it with.
 */
export const keyFileIn = (dataDirectory: string) => join(dataDirectory, 'resident.key');
