import { late } from '../../shared/caching/late.ts';
import type { ImportBucket } from './import-bucket.ts';

/** An {@link ImportBucket} that is opened when it is first read or written. */
export function lateImportBucket(open: () => Promise<ImportBucket>): ImportBucket {
  const bucket = late(open);
  return {
    read: async (key, versionId) => (await bucket()).read(key, versionId),
    write: async (key, text) => (await bucket()).write(key, text),
  };
}
