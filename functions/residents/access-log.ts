import type { KeyObject } from 'node:crypto';
import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { AccessLog } from '../../shared/contract/me/access-log.ts';
import type { AccessEntry } from '../../shared/domain/audit/audit-entry.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import type { KnownResident } from '../../shared/domain/register/resident-store.ts';
import type { OperationInput } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { openBytes, sealBytes, Unopenable } from '../../shared/security/aes-gcm.ts';
import { residentKeyContext } from '../../shared/security/envelope.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';

const defaultPageSize = 50;
/** Tells tokens from everything else that is sealed under a resident's key. */
const tokenPurpose = 'access-log-page';

interface AccessLogDependencies {
  readonly audit: Pick<AuditStore, 'accesses'>;
  readonly keyStore: Pick<KeyStore, 'unwrap'>;
}

/**
 * A page of the looks at a resident's data. Tokens are sealed under the resident's own key: a token that was altered, or
 * that is another's, does not open.
 *
 * @throws RequestProblem `malformed-request`; AuditStoreUnavailable, KeyStoreUnavailable.
 */
export async function readAccessLog(
  { residentId, wrappedKey }: KnownResident,
  { pageSize = defaultPageSize, pageToken }: OperationInput<'getMyAccessLog'>['query'],
  { audit, keyStore }: AccessLogDependencies,
): Promise<AccessLog> {
  const key = await keyStore.unwrap(wrappedKey, residentKeyContext(residentId));
  const before = pageToken === undefined ? null : openToken(key, pageToken);
  const { entries, next } = await audit.accesses(residentId, { limit: pageSize, before });
  return {
    accesses: entries.map(renderAccess),
    nextPageToken: next === null ? null : sealToken(key, next),
  };
}

function sealToken(key: KeyObject, place: string): string {
  return Buffer.from(sealBytes(key, Buffer.from(place), tokenPurpose)).toString('base64url');
}

function openToken(key: KeyObject, token: string): string {
  try {
    return openBytes(key, Buffer.from(token, 'base64url'), tokenPurpose).toString();
  } catch (error) {
    if (!(error instanceof Unopenable)) throw error;
    const code = 'bad-page-token';
    throw new RequestProblem('malformed-request', {
      errors: (language) => [{ pointer: '/query/pageToken', code, detail: fieldErrorDetail(code, language) }],
    });
  }
}

function renderAccess(entry: AccessEntry): AccessLog['accesses'][number] {
  const { id, occurredAt, operation, by, services, purpose, caseNumber, decisionId, disclosed } = entry;
  return {
    accessId: id,
    at: occurredAt,
    by: renderAccessor(by),
    operation,
    services: services === null ? null : [...services],
    purpose,
    caseNumber,
    // What was written under this name came from the same list.
    outsideDistrictReason: entry.outsideDistrict as AccessLog['accesses'][number]['outsideDistrictReason'],
    decisionId,
    disclosed,
  };
}

/** The unit and the part, not the person: who sat at the counter is known to the office. */
function renderAccessor(by: AccessEntry['by']): AccessLog['accesses'][number]['by'] {
  switch (by.kind) {
    case 'resident':
      return { kind: by.kind };
    case 'clerk':
      return { kind: by.kind, district: by.district, post: by.post };
    case 'partner':
      return { kind: by.kind, partner: by.partner };
  }
}
