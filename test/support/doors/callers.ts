import type { JWTPayload } from 'jose';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../../../infra/local/credentials/development-issuer.ts';
import { readFeedKey } from '../../../infra/local/credentials/feed-keys.ts';
import { keyFileIn } from '../../../infra/local/data-files.ts';
import { tables } from '../../../infra/tables.ts';
import type { Caller } from '../../../shared/contract/caller.ts';
import type { GuardedDoor } from '../../../shared/contract/scopes.ts';
import { makeApiKey } from '../../../shared/security/api-keys/api-key.ts';
import { ApiKeyHashes } from '../../../shared/security/api-keys/api-key-hashes.ts';
import { createKeyStore } from '../../../shared/security/create-key-store.ts';
import { DynamoHashKeyStore } from '../../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { sampleDocument } from '../register.ts';
import type { ProductDoors } from './product-doors.ts';

/** Everybody who can stand before a door. */
export const callerNames = [
  'nobody',
  'a resident',
  'another resident',
  'a clerk in the district',
  'a clerk of another district',
  'a partner',
  'a partner with consent',
  'a partner without the scope',
  'a partner from a foreign network',
  'an expired key',
  'a revoked key',
  'a mistyped key',
  'a feed',
  'the feed of another bureau',
  'an operator',
  'a policy editor',
  'a policy approver',
  'an expired token',
] as const;

export type CallerName = (typeof callerNames)[number];

/** The district of residents and of most clerks in these tests, and one that is not theirs. */
export const district = '510107';
export const otherDistrict = '510104';

/** The `Authorization` header of everybody, by real tokens and real keys; none for nobody. */
export async function credentialsOf({
  directory,
  dynamoDb,
}: ProductDoors): Promise<Record<CallerName, string | undefined>> {
  const issuer = new DevelopmentIssuer(directory);
  const token = async (of: keyof typeof developmentIssuers, claims: JWTPayload, minutes = 10) =>
    `Bearer ${await issuer.sign(developmentIssuers[of], claims, minutes)}`;
  const resident = (sub: string, serial: number, minutes?: number) =>
    token(
      'residents',
      { sub, acr: developmentAssurance, id_document: { ...sampleDocument(serial) } },
      minutes,
    );
  const clerk = (sub: string, of: string) =>
    token('staff', { sub, roles: ['clerk'], district: of, post: 'window-1' });
  const staff = (role: string) => token('staff', { sub: `staff-${role}`, roles: [role] });
  const keys = await partnerKeys(directory, dynamoDb.client);
  return {
    nobody: undefined,
    'a resident': await resident('resident-1', 1),
    'another resident': await resident('resident-2', 2),
    'a clerk in the district': await clerk('clerk-1', district),
    'a clerk of another district': await clerk('clerk-2', otherDistrict),
    'a partner': await keys('school'),
    // The same to the gateway: a consent is looked for by the function, beside the person.
    'a partner with consent': await keys('care-home'),
    'a partner without the scope': await keys('agency', { scopes: ['registry:write', 'no:such-scope'] }),
    'a partner from a foreign network': await keys('insurer', { ipRanges: ['203.0.113.0/24'] }),
    'an expired key': await keys('landlord', { expired: true }),
    'a revoked key': await keys('employer', { revoked: true }),
    'a mistyped key': `ApiKey ${makeApiKey('test').text.slice(0, -1)}_`,
    'a feed': `ApiKey ${readFeedKey(directory, 'public-security')}`,
    'the feed of another bureau': `ApiKey ${readFeedKey(directory, 'housing')}`,
    'an operator': await staff('operator'),
    'a policy editor': await staff('policy-editor'),
    'a policy approver': await staff('policy-approver'),
    'an expired token': await resident('resident-3', 3, -5),
  };
}

interface KeyWishes {
  readonly scopes?: readonly string[];
  readonly ipRanges?: readonly string[];
  readonly expired?: boolean;
  readonly revoked?: boolean;
}

const day = 86_400_000;

/** Makes keys of third parties, each of an owner of its own: also such as no command would make. */
async function partnerKeys(directory: string, client: ProductDoors['dynamoDb']['client']) {
  const table = tables.partners.name;
  const store = new DynamoPartnerStore(client, table);
  const keyStore = createKeyStore({ keyFile: keyFileIn(directory) });
  const hashes = new ApiKeyHashes(new DynamoHashKeyStore(client, table), keyStore);
  return async (id: string, wishes: KeyWishes = {}): Promise<string> => {
    const { scopes = ['partner:check'], ipRanges = [], expired = false, revoked = false } = wishes;
    const owner = { kind: 'partner', id } as const;
    const createdAt = new Date(Date.now() - (expired ? 3 : 1) * day).toISOString();
    await store.createOwner(owner, id, createdAt);
    const key = makeApiKey('test');
    await store.addKey({
      id: key.id,
      owner,
      hash: await hashes.of(key),
      scopes,
      ipRanges,
      createdAt,
      expiresAt: new Date(Date.now() + (expired ? -1 : 1) * day).toISOString(),
      revokedAt: null,
      lastUsedOn: null,
    });
    if (revoked) await store.revokeKey(key.id, new Date().toISOString());
    return `ApiKey ${key.text}`;
  };
}

/** What the authorizer says of a caller of each door. */
export const callerOfDoor: { readonly [D in GuardedDoor]: Caller } = {
  resident: {
    kind: 'resident',
    subject: 'resident-1',
    documentType: 'resident-id',
    documentNumber: sampleDocument(1).number,
  },
  counter: { kind: 'clerk', subject: 'clerk-1', district, post: 'window-1' },
  partner: { kind: 'partner', partner: 'school', key: 'ak_0000000000' },
  registry: { kind: 'feed', source: 'housing', key: 'ak_0000000000' },
  admin: { kind: 'staff', subject: 'staff-1', roles: 'operator policy-approver policy-editor' },
};
