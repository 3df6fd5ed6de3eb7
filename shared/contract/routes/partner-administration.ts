import { newPartner, newPartnerKey, partnerKeyPath, partnerPath, partnersQuery } from '../admin/request.ts';
import { partner, partnerKey, partnerKeyList, partnerPage, shownPartnerKey } from '../admin/response.ts';
import { partnerTerms } from '../partner/terms.ts';
import type { Route } from '../route.ts';

const bodyProblems = [
  'malformed-body',
  'payload-too-large',
  'unsupported-media-type',
  'invalid-request',
] as const;

const common = {
  door: 'admin',
  function: 'admin',
  scopes: ['admin:partners'],
  tag: 'Third parties',
} as const satisfies Partial<Route>;

export const partnerAdministrationRoutes = [
  {
    ...common,
    operationId: 'listPartners',
    method: 'GET',
    path: '/v1/admin/partners',
    summary: 'The third parties there are',
    description: `By id, in pages. **Who may call:** an operator.`,
    request: { query: partnersQuery },
    responses: { 200: { description: 'A page of them.', schema: partnerPage, caching: 'no-store' } },
    problems: ['invalid-request'],
  },
  {
    ...common,
    operationId: 'createPartner',
    method: 'POST',
    path: '/v1/admin/partners',
    summary: 'Add a third party',
    description: `Adds a third party with its terms: the services and purposes it may ask about, on what lawful basis, and how
many checks and persons a day. It has no key yet. A service that no version of the policy has is 422.

**Who may call:** an operator.

**Send it again.** The id is the operator's, so the same body again changes nothing and is answered with
\`Idempotent-Replayed: true\`, under an \`Idempotency-Key\` or none. Another name or other terms under an id that is taken are 409,
and so is the first body once the terms were changed.

**Idempotency-Key:** the same key and body give the first answer again, byte for byte, whatever has become of the third party;
another body, of this third party or of another one, is 422.`,
    request: { body: newPartner, idempotencyKey: true },
    responses: { 201: { description: 'The third party.', schema: partner, caching: 'no-store' } },
    problems: [...bodyProblems, 'unknown-service', 'partner-exists', 'idempotency-key-reused'],
  },
  {
    ...common,
    operationId: 'getPartner',
    method: 'GET',
    path: '/v1/admin/partners/{id}',
    summary: 'A third party and its terms',
    description: '**Who may call:** an operator.',
    request: { path: partnerPath },
    responses: { 200: { description: 'The third party.', schema: partner, caching: 'no-store' } },
    problems: ['partner-not-found'],
  },
  {
    ...common,
    operationId: 'setPartnerTerms',
    method: 'PUT',
    path: '/v1/admin/partners/{id}/terms',
    summary: 'Change what was agreed with a third party',
    description: `Puts terms in the place of those there are; they hold for the next check. What was used of the day stays used:
a lower limit may be passed already. A limit lowered in the middle of a day is kept in each of the eight parts it is counted in;
where those were used unevenly, a few checks more than the new limit may come through on that day. A service that no version of the
policy has is 422.

**Who may call:** an operator.`,
    request: { path: partnerPath, body: partnerTerms },
    responses: {
      200: { description: 'The third party as it is now.', schema: partner, caching: 'no-store' },
    },
    problems: [...bodyProblems, 'unknown-service', 'partner-not-found'],
  },
  {
    ...common,
    operationId: 'listPartnerKeys',
    method: 'GET',
    path: '/v1/admin/partners/{id}/keys',
    summary: 'The API keys of a third party',
    description: `What they may be used for, from where, until when, and the day each was used last; never a key. **Who may call:** an operator.`,
    request: { path: partnerPath },
    responses: { 200: { description: 'Its keys.', schema: partnerKeyList, caching: 'no-store' } },
    problems: ['partner-not-found'],
  },
  {
    ...common,
    operationId: 'createPartnerKey',
    method: 'POST',
    path: '/v1/admin/partners/{id}/keys',
    summary: 'Make an API key for a third party',
    description: `Makes a key and **shows it once**: it is kept nowhere. A third party has two live keys at most, for a change-over.

**Who may call:** an operator.

**Idempotency-Key:** a key that is kept nowhere cannot be shown again. The same \`Idempotency-Key\` with the same body makes no
second key and is 409 \`api-key-shown-before\`, which names the key that was made: revoke it if it never arrived, and make another
under a new \`Idempotency-Key\`. With another body it is 422. Without one every request makes a key.`,
    request: { path: partnerPath, body: newPartnerKey, idempotencyKey: true },
    responses: {
      201: { description: 'The key, this once.', schema: shownPartnerKey, caching: 'no-store' },
    },
    problems: [
      ...bodyProblems,
      'partner-not-found',
      'too-many-api-keys',
      'api-key-shown-before',
      'idempotency-key-reused',
    ],
  },
  {
    ...common,
    operationId: 'revokePartnerKey',
    method: 'DELETE',
    path: '/v1/admin/partners/{id}/keys/{keyId}',
    summary: 'End an API key',
    description: `Ends a key for good, in force everywhere within 30 seconds. Ending it again changes nothing.

**Who may call:** an operator.

A key of somebody else is answered as one that does not exist.`,
    request: { path: partnerKeyPath },
    responses: { 200: { description: 'The key as it is now.', schema: partnerKey, caching: 'no-store' } },
    problems: ['api-key-not-found'],
  },
] as const satisfies readonly Route[];
