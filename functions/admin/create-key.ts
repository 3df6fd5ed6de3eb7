import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import { scopesOfDoor } from '../../shared/contract/scopes.ts';
import type { PartnerKey, PartnerStore } from '../../shared/domain/partners/partner-store.ts';
import type { OperationInput } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { type KeyEnvironment, repeatableKeyId } from '../../shared/security/api-keys/api-key.ts';
import type { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { isIpRange } from '../../shared/security/api-keys/ip-ranges.ts';
import { issueKey, type KeyRequest, maxKeyDays } from '../../shared/security/api-keys/issue-key.ts';

export interface KeyDependencies {
  readonly partners: PartnerStore;
  readonly hashes: ApiKeyHashes;
  /** Which keys are made here. */
  readonly keyEnvironment: KeyEnvironment;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Makes a key, to be shown once. Under an `Idempotency-Key` the key's id is made from it, so that the key itself is the
 * record of its having been made.
 *
 * @throws RequestProblem, PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable
 */
export async function createKey(
  { path, body, caller, idempotencyKey, operationId }: OperationInput<'createPartnerKey'>,
  { partners, hashes, keyEnvironment, now }: KeyDependencies,
): Promise<{ keyId: string; key: string; expiresAt: string }> {
  const { scopes = scopesOfDoor('partner'), ipRanges = [], days = maxKeyDays } = body;
  refuseWrongRanges(ipRanges);
  const request: KeyRequest = {
    owner: { kind: 'partner', id: path.id },
    scopes,
    ipRanges,
    days,
    environment: keyEnvironment,
    ...(idempotencyKey !== null && {
      id: repeatableKeyId(operationId, caller.subject, path.id, idempotencyKey),
    }),
  };
  const issued = await issueKey(request, { store: partners, hashes, now: now() });
  switch (issued.outcome) {
    case 'added':
      return { keyId: issued.id, key: issued.text, expiresAt: issued.expiresAt };
    case 'no-such-owner':
      throw new RequestProblem('partner-not-found');
    case 'too-many-keys':
      throw new RequestProblem('too-many-api-keys');
    case 'exists':
      throw shownBefore(request, await partners.findKey(request.id!));
  }
}

/** What a repeated request gets: the name of the key it made, or that it is another request than the one that made it. */
function shownBefore(request: KeyRequest, made: PartnerKey | null): RequestProblem {
  if (made === null || textOf(request) !== textOf({ ...made, days: daysOf(made) })) {
    return new RequestProblem('idempotency-key-reused');
  }
  const code = 'api-key-shown-before';
  return new RequestProblem(code, {
    errors: (language) => [
      {
        pointer: '/headers/idempotency-key',
        code,
        detail: fieldErrorDetail(code, language, { keyId: made.id }),
      },
    ],
  });
}

function daysOf({ createdAt, expiresAt }: PartnerKey): number {
  return Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000);
}

function textOf({
  scopes,
  ipRanges,
  days,
}: Pick<KeyRequest, 'ipRanges' | 'days'> & Pick<PartnerKey, 'scopes'>) {
  return JSON.stringify([scopes, ipRanges, days]);
}

function refuseWrongRanges(ipRanges: readonly string[]): void {
  const wrong = ipRanges.flatMap((range, place) => (isIpRange(range) ? [] : [place]));
  if (wrong.length === 0) return;
  const code = 'bad-format';
  throw new RequestProblem('invalid-request', {
    errors: (language) =>
      wrong.map((place) => ({
        pointer: `/ipRanges/${place}`,
        code,
        detail: fieldErrorDetail(code, language),
      })),
  });
}
