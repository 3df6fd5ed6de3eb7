import { join } from 'node:path';
import * as z from 'zod/mini';
import { type Bureau, bureauNames, bureaus } from '../../../shared/contract/registry/source.ts';
import { isLive, type KeyOwner, type PartnerStore } from '../../../shared/domain/partners/partner-store.ts';
import { readApiKey } from '../../../shared/security/api-keys/api-key.ts';
import type { ApiKeyHashes } from '../../../shared/security/api-keys/api-key-hashes.ts';
import { issueKey } from '../../../shared/security/api-keys/issue-key.ts';
import { readOwnerFile, writeOwnerFile } from './owner-file.ts';

const keysSchema = z.record(z.string(), z.string());
const fileIn = (dataDirectory: string) => join(dataDirectory, 'feed-keys.json');
/** A day is left of each key that is handed out again. */
const renewBeforeMilliseconds = 86_400_000;

/** The development API key of a feed; null when none was made in this folder. */
export function readFeedKey(dataDirectory: string, source: string): string | null {
  const keys = readKeys(dataDirectory);
  return Object.hasOwn(keys, source) ? keys[source]! : null;
}

/**
 * Sees to it that every feed has one API key that is good in this database, and that the file beside it knows it:
 * keys are shown once, and a folder's own platform is who they are shown to.
 *
 * @returns the sources that got a new key.
 * @throws PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable; CommandError when others can read the file.
 */
export async function ensureFeedKeys(
  dataDirectory: string,
  store: PartnerStore,
  hashes: ApiKeyHashes,
  now: () => number = Date.now,
): Promise<Bureau[]> {
  const keys = readKeys(dataDirectory);
  const made: Bureau[] = [];
  for (const source of bureauNames) {
    if (await isGood(keys[source], store, hashes, now() + renewBeforeMilliseconds)) continue;
    keys[source] = await makeKey(source, store, hashes, now());
    made.push(source);
  }
  if (made.length > 0) writeOwnerFile(fileIn(dataDirectory), `${JSON.stringify(keys, null, 2)}\n`);
  return made;
}

function readKeys(dataDirectory: string): Record<string, string> {
  return keysSchema.parse(JSON.parse(readOwnerFile(fileIn(dataDirectory)) ?? '{}'));
}

async function isGood(text: string | undefined, store: PartnerStore, hashes: ApiKeyHashes, at: number) {
  const apiKey = readApiKey(text ?? '');
  const key = apiKey === null ? null : await store.findKey(apiKey.id);
  if (apiKey === null || key === null) return false;
  return isLive(key, new Date(at).toISOString()) && hashes.matches(apiKey, key.hash);
}

async function makeKey(source: Bureau, store: PartnerStore, hashes: ApiKeyHashes, now: number) {
  const owner: KeyOwner = { kind: 'feed', id: source };
  const instant = new Date(now).toISOString();
  await store.createOwner(owner, bureaus[source], instant);
  // Keys of this database that the file does not know can be used by nobody; they would only take up the places.
  const entry = await store.findOwner(owner);
  for (const { id } of (entry?.keys ?? []).filter((key) => isLive(key, instant)))
    await store.revokeKey(id, instant);
  const issued = await issueKey(
    { owner, scopes: ['registry:write'], ipRanges: [], days: 365, environment: 'test' },
    { store, hashes, now },
  );
  if (issued.outcome !== 'added') throw new Error(`The development key of ${source} was not made.`);
  return issued.text;
}
