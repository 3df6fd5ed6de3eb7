import {
  createDocumentClient,
  type DocumentClientOptions,
} from '../shared/stores/dynamodb/document-client.ts';

/** As patient as a bureau's feed, which waits longer than a person: a transaction of a hundred items takes longer than a read. */
export const feedPatience = { tryTimeoutMilliseconds: 2_000, deadlineMilliseconds: 4_000 } as const;

/**
 * The database of a running function; one for all its stores, so that they share its connections.
 *
 * @param patience how long it may take; by default as long as somebody waits for an answer.
 */
export function databaseClient(
  { DYNAMODB_ENDPOINT: endpoint }: { readonly DYNAMODB_ENDPOINT?: string | undefined },
  patience: Pick<DocumentClientOptions, 'tryTimeoutMilliseconds' | 'deadlineMilliseconds'> = {},
) {
  return createDocumentClient({ ...patience, ...(endpoint !== undefined && { endpoint }) });
}
