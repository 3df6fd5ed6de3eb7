import type { Partner, PartnerKeyBody } from '../../shared/contract/admin/response.ts';
import { revokePartnerKey } from '../../shared/domain/partners/manage-partners.ts';
import {
  isLive,
  type PartnerEntry,
  type PartnerKey,
  type PartnerStore,
} from '../../shared/domain/partners/partner-store.ts';
import type { PartnerTerms, PartnerTermsStore } from '../../shared/domain/partners/partner-terms.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { type PageTokens, pageSizeOf } from '../../shared/http/page-token.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import { unknownInAnyVersion } from '../known-services.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { createKey, type KeyDependencies } from './create-key.ts';
import { addPartner } from './create-partner.ts';

export interface AdminDependencies
  extends KeyDependencies,
    Pick<PolicyDependencies, 'histories' | 'defaultPolicy'> {
  readonly partners: PartnerStore;
  readonly terms: PartnerTermsStore;
  readonly pageTokens: PageTokens;
  readonly log: Log;
}

/** What operators do with third parties: who they are, what was agreed with them, and their keys. */
export function adminOperations(dependencies: AdminDependencies): Operations<'admin'> {
  const { partners, terms, pageTokens, now, log } = dependencies;
  const instant = () => new Date(now()).toISOString();
  const found = async (id: string): Promise<PartnerEntry> => {
    const entry = await partners.findOwner({ kind: 'partner', id });
    if (entry === null) throw new RequestProblem('partner-not-found');
    return entry;
  };
  const shown = async (id: string): Promise<Partner> => {
    const [entry, agreed] = await Promise.all([found(id), terms.termsOf(id)]);
    return { ...headOf(entry, instant()), terms: agreed as Partner['terms'] };
  };

  /** What no policy has would be undetermined for ever, as what may not be said is: a slip of the pen nobody is told of. */
  const refuseUnknownServices = async ({ services }: PartnerTerms, root: string): Promise<void> => {
    if (services !== null) refuse(await unknownInAnyVersion(services, root, dependencies));
  };
  return {
    listPartners: async ({ query, operationId }) => {
      const page = { operationId, filters: [] };
      const size = pageSizeOf(query);
      const after = query.pageToken === undefined ? null : await pageTokens.read(page, query.pageToken);
      // One more than fits tells whether there is another page.
      const listed = await partners.listPartners(size + 1, after);
      const here = listed.slice(0, size);
      const last = here.at(-1);
      const isLast = last === undefined || listed.length === here.length;
      return {
        body: {
          partners: here.map((entry) => headOf(entry, instant())),
          nextPageToken: isLast ? null : await pageTokens.issue(page, last.id),
        },
      };
    },

    createPartner: async (input) => {
      await refuseUnknownServices(input.body.terms, '/terms');
      const { reply, isNew } = await addPartner(input, instant(), shown, dependencies);
      const { body, caller, operationId } = input;
      if (isNew) {
        log.write('partnerChanged', { operationId, partner: body.partnerId, staff: caller.subject });
      }
      return reply;
    },

    getPartner: async ({ path }) => ({ body: await shown(path.id) }),

    setPartnerTerms: async ({ path: { id }, body, caller, operationId }) => {
      await refuseUnknownServices(body, '');
      const outcome = await terms.setTerms(id, body satisfies PartnerTerms, instant());
      if (outcome === 'no-such-partner') throw new RequestProblem('partner-not-found');
      log.write('partnerChanged', { operationId, partner: id, staff: caller.subject });
      return { body: await shown(id) };
    },

    listPartnerKeys: async ({ path }) => {
      const { keys } = await found(path.id);
      const known = await Promise.all(keys.map(({ id }) => partners.findKey(id)));
      return { body: { keys: known.filter((key) => key !== null).map(keyBody) } };
    },

    createPartnerKey: async (input) => {
      const { keyId, ...made } = await createKey(input, dependencies);
      const { operationId, path, caller } = input;
      log.write('partnerChanged', { operationId, partner: path.id, keyId, staff: caller.subject });
      return { status: 201, body: { keyId, ...made } };
    },

    revokePartnerKey: async ({ path: { id, keyId }, caller, operationId }) => {
      const outcome = await revokePartnerKey(id, keyId, instant(), dependencies);
      const key = outcome === 'unknown' ? null : await partners.findKey(keyId);
      if (key === null) throw new RequestProblem('api-key-not-found');
      if (outcome === 'revoked') {
        log.write('partnerChanged', { operationId, partner: id, keyId, staff: caller.subject });
      }
      return { body: keyBody(key) };
    },
  };
}

function headOf({ id, name, createdAt, keys }: PartnerEntry, now: string) {
  return { partnerId: id, name, createdAt, liveKeys: keys.filter((key) => isLive(key, now)).length };
}

function keyBody({ id, scopes, ipRanges, ...key }: PartnerKey): PartnerKeyBody {
  const { createdAt, expiresAt, revokedAt, lastUsedOn } = key;
  return {
    keyId: id,
    scopes: [...scopes],
    ipRanges: [...ipRanges],
    createdAt,
    expiresAt,
    revokedAt,
    lastUsedOn,
  };
}
