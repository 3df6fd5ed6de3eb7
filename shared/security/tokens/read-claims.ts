import * as z from 'zod/mini';
import { callers } from '../../contract/caller.ts';
import { document } from '../../contract/registry/document.ts';
import { type Role, roleScopes, type Scope } from '../../contract/scopes.ts';
import { mentionsNumber } from '../../domain/identity/mentions-number.ts';
import { normaliseDocument } from '../../domain/identity/normalise-document.ts';
import type { Credential } from '../credential.ts';
import { CredentialRefused } from '../credential-refused.ts';
import type { Issuer } from './issuer.ts';

const claimsSchema = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(256)),
  acr: z.optional(z.string().check(z.maxLength(128))),
  id_document: z.optional(z.strictObject(document.shape)),
  roles: z._default(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(64)), []),
  district: z.optional(callers.counter.shape.district),
  post: z.optional(callers.counter.shape.post),
});

type Claims = z.infer<typeof claimsSchema>;

/**
 * Who a verified token speaks of. A token speaks of one kind of caller: somebody who is a clerk and a resident has two
 * tokens, so that neither is used by mistake for the other. Roles we do not know are somebody else's and count nothing.
 *
 * @throws CredentialRefused
 */
export function readClaims(payload: unknown, issuer: Issuer): Credential {
  const result = claimsSchema.safeParse(payload);
  if (!result.success) throw new CredentialRefused('claims');
  const claims = result.data;
  const roles = rolesOf(claims);
  if (!roles.every((role) => issuer.vouchesFor.includes(role))) throw new CredentialRefused('role');
  return {
    caller: callerOf(claims, roles, issuer),
    scopes: [...new Set(roles.flatMap((role): readonly Scope[] => roleScopes[role]))],
    ipRanges: [],
    usageIdentifier: null,
  };
}

/** The roles of the product that a token claims; a document makes a resident. */
function rolesOf({ roles, id_document }: Claims): Role[] {
  const known = roles.filter((role): role is Role => Object.hasOwn(roleScopes, role));
  // Being a resident is shown by a document and by nothing else.
  if (known.includes('resident')) throw new CredentialRefused('role');
  return [...new Set<Role>(id_document === undefined ? known : ['resident', ...known])];
}

function callerOf(claims: Claims, roles: readonly Role[], issuer: Issuer): Credential['caller'] {
  const [first] = roles;
  if (first === undefined) throw new CredentialRefused('role');
  if (first !== 'resident' && !roles.includes('clerk')) {
    return { kind: 'staff', subject: claims.sub, roles: roles.toSorted().join(' ') };
  }
  if (roles.length > 1) throw new CredentialRefused('role');
  return first === 'resident' ? residentOf(claims, issuer) : clerkOf(claims);
}

function residentOf({ sub, acr, id_document }: Claims, issuer: Issuer): Credential['caller'] {
  if (acr === undefined || !issuer.sufficientAssurance.includes(acr)) {
    throw new CredentialRefused('assurance');
  }
  const { document: known } = normaliseDocument(id_document!);
  if (known === undefined) throw new CredentialRefused('claims');
  // The subject is kept with decisions and in the audit, where no number may stand.
  if (mentionsNumber(known, sub)) throw new CredentialRefused('claims');
  return { kind: 'resident', subject: sub, documentType: known.type, documentNumber: known.number };
}

function clerkOf({ sub, district, post }: Claims): Credential['caller'] {
  if (district === undefined || post === undefined) throw new CredentialRefused('claims');
  return { kind: 'clerk', subject: sub, district, post };
}
