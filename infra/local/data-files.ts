import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the platform of this machine keeps its data, if no other folder is named. */
export const localDataDirectory = fileURLToPath(new URL('../../.local', import.meta.url));

/** The embedded database. */
export const databaseFileIn = (dataDirectory: string) => join(dataDirectory, 'dynamodb.db');

/**
 * The file with the key that wraps all other keys of this machine: beside the database, and not in it, so that who copies the
 * one has nothing to open it with.
 */
export const keyFileIn = (dataDirectory: string) => join(dataDirectory, 'resident.key');

/** Where the roots of the audit lie on this machine, as in a bucket under Object Lock. */
export const rootFolderIn = (dataDirectory: string) => join(dataDirectory, 'audit-roots');

/** The file with the key that signs the roots of this machine. */
export const rootKeyFileIn = (dataDirectory: string) => join(dataDirectory, 'audit-root.key');
