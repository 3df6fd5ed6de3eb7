import * as z from 'zod/mini';
import { type Bureau, bureau } from '../../shared/contract/registry/source.ts';

/** The folders of the bucket; the deployment gives rights and notifications by them. */
export const folders = {
  /** Here a bureau drops its files: each into a folder of its own, which nobody else may write to. */
  incoming: 'incoming/',
  /** Here an import that did not come to the end leaves word where to go on; that word begins the next run by itself. */
  continue: 'continue/',
  /** What was refused. */
  reports: 'reports/',
  /** How the tables of a bureau become events. */
  mappings: 'mappings/',
} as const;

/** A file a bureau has dropped. */
export interface DroppedFile {
  readonly source: Bureau;
  readonly key: string;
  /** The version that was dropped: a file under the same name later is another one. */
  readonly versionId: string | null;
}

/** What is to be done: a file from its beginning, or what was left of one. */
export type ImportOrder =
  | ({ readonly kind: 'file' } & DroppedFile)
  | { readonly kind: 'continuation'; readonly key: string };

/** What an interrupted run leaves: the file, and the last line that is done. */
export const continuationSchema = z.strictObject({
  source: bureau,
  key: z.string().check(z.minLength(1), z.maxLength(1_024)),
  versionId: z.nullable(z.string()),
  line: z.int().check(z.minimum(0)),
});

export type Continuation = z.infer<typeof continuationSchema>;

const notificationSchema = z.object({
  // Sent once when a bucket begins to notify; it names no object.
  Event: z.optional(z.literal('s3:TestEvent')),
  Records: z.optional(
    z.array(
      z.object({
        s3: z.object({ object: z.object({ key: z.string(), versionId: z.optional(z.string()) }) }),
      }),
    ),
  ),
});

/**
 * What a message of the bucket asks for.
 *
 * @throws when it is no notification of S3, or names an object that is in the folder of no bureau there is.
 */
export function readOrders(body: string): ImportOrder[] {
  const { Event: test, Records: records = [] } = notificationSchema.parse(JSON.parse(body));
  if (test !== undefined) return [];
  return records.map(({ s3: { object } }) => {
    // S3 writes keys as a form would: blanks as `+`, the rest percent-encoded.
    const key = decodeURIComponent(object.key.replaceAll('+', ' '));
    if (key.startsWith(folders.continue)) return { kind: 'continuation', key };
    const [folder, source, ...name] = key.split('/');
    const owner = bureau.safeParse(source);
    if (`${folder}/` !== folders.incoming || name.join('').length === 0 || !owner.success) {
      throw new TypeError('The notification names an object that is in no folder of a bureau.');
    }
    return { kind: 'file', source: owner.data, key, versionId: object.versionId ?? null };
  });
}

/** Under what names what comes of a file from a line on is kept; done again, it takes the place of the same. */
export function namesFor({ source, key, versionId }: DroppedFile, line: number) {
  const name = key.slice(`${folders.incoming}${source}/`.length);
  const part = `${source}/${name}/${versionId ?? 'null'}/${String(line).padStart(12, '0')}`;
  return {
    report: `${folders.reports}${part}.ndjson`,
    continuation: `${folders.continue}${part}.json`,
  };
}

/** The mapping that turns the tables of a bureau into events. */
export function mappingName(source: string): string {
  return `${folders.mappings}${source}.json`;
}
