import type { AccessLog } from '../../shared/contract/me/access-log.ts';
import type { AccessEntry } from '../../shared/domain/audit/audit-entry.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import type { OperationInput } from '../../shared/http/exchange.ts';
import { type PageTokens, pageSizeOf } from '../../shared/http/page-token.ts';

interface AccessLogDependencies {
  readonly audit: Pick<AuditStore, 'accesses'>;
  readonly pageTokens: PageTokens;
}

/**
 * A page of the looks at a resident's data.
 *
 * @throws RequestProblem 400 for a token that is not for this resident's log; AuditStoreUnavailable, KeyStoreUnavailable.
 */
export async function readAccessLog(
  residentId: string,
  { query, operationId }: Pick<OperationInput<'getMyAccessLog'>, 'query' | 'operationId'>,
  { audit, pageTokens }: AccessLogDependencies,
): Promise<AccessLog> {
  const page = { operationId, filters: [residentId] };
  const before = query.pageToken === undefined ? null : await pageTokens.read(page, query.pageToken);
  const { entries, next } = await audit.accesses(residentId, { limit: pageSizeOf(query), before });
  return {
    accesses: entries.map(renderAccess),
    nextPageToken: next === null ? null : await pageTokens.issue(page, next),
  };
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
