import { describe, expect, it } from 'vitest';
import { CredentialRefused } from '../../../../shared/security/credential-refused.ts';
import { TokenVerifier } from '../../../../shared/security/tokens/token-verifier.ts';
import { badTokens } from '../../../support/credentials/bad-tokens.ts';
import {
  clerkClaims,
  forge,
  headerOf,
  jwksOf,
  makeKey,
  makeRsaKey,
  nowSeconds,
  residentClaims,
  residentIssuer,
  sampleNumber,
  staffClaims,
  staffIssuer,
} from '../../../support/credentials/forge.ts';

const residents = makeKey('r1');
const staff = makeKey('s1');
const verifier = verifierOf({
  [residentIssuer.jwksUrl]: jwksOf(residents),
  [staffIssuer.jwksUrl]: jwksOf(staff),
});

function verifierOf(sets: Readonly<Record<string, unknown>>, issuers = [residentIssuer, staffIssuer]) {
  return new TokenVerifier(issuers, {
    fetchKeys: async (url) => sets[url],
    now: () => nowSeconds * 1_000,
  });
}

const resident = (claims: object = {}, header: object = {}) =>
  verifier.verify(forge(residents, { ...headerOf(residents), ...header }, { ...residentClaims, ...claims }));
const employee = (claims: object) => verifier.verify(forge(staff, headerOf(staff), claims));

describe('a good token', () => {
  it('of a resident is the resident of its document, who may read what is theirs', async () => {
    await expect(resident()).resolves.toEqual({
      caller: {
        kind: 'resident',
        subject: 'resident-1',
        documentType: 'resident-id',
        documentNumber: sampleNumber,
      },
      scopes: ['me:read', 'me:write'],
      ipRanges: [],
      usageIdentifier: null,
    });
  });

  it('of a clerk is a clerk of its district and post', async () => {
    await expect(employee(clerkClaims)).resolves.toMatchObject({
      caller: { kind: 'clerk', subject: 'clerk-1', district: '510107', post: 'window-3' },
      scopes: ['counter:check', 'decisions:read', 'decisions:replay'],
    });
  });

  it('of staff has the scopes of all its roles, and no role we do not know', async () => {
    const roles = ['policy-editor', 'printer-admin', 'operator', 'operator'];
    await expect(employee({ ...staffClaims, roles })).resolves.toMatchObject({
      caller: { kind: 'staff', subject: 'staff-1', roles: 'operator policy-editor' },
      scopes: ['policies:edit', 'admin:partners'],
    });
  });

  it.each([
    ['is for several audiences', { aud: ['https://other.example.org', residentIssuer.audience] }],
    ['expired less long ago than clocks may differ', { exp: nowSeconds - 5 }],
    ['is valid from this second on', { nbf: nowSeconds }],
    ['has a higher assurance', { acr: 'real-name-face' }],
    ['has claims we do not know', { locale: 'zh-CN', nonce: '1' }],
    [
      'has a number as people write it',
      { id_document: { type: 'resident-id', number: '０００000 18990101 0014' } },
    ],
  ])('is good when it %s', async (_, claims) => {
    await expect(resident(claims)).resolves.toMatchObject({ caller: { documentNumber: sampleNumber } });
  });

  it('may name its type as a whole media type', async () => {
    await expect(resident({}, { typ: 'application/at+jwt' })).resolves.toMatchObject({
      caller: { kind: 'resident' },
    });
  });

  it('may be signed with RSA by an issuer that may use it', async () => {
    const rsa = makeRsaKey('rsa');
    const issuer = { ...residentIssuer, algorithms: ['RS256' as const] };
    const token = forge(rsa, { ...headerOf(rsa), alg: 'RS256' }, residentClaims);
    const rsaVerifier = verifierOf({ [issuer.jwksUrl]: jwksOf(rsa) }, [issuer]);
    await expect(rsaVerifier.verify(token)).resolves.toMatchObject({ scopes: ['me:read', 'me:write'] });
  });
});

describe('a bad token', () => {
  // What comes under another scheme, or with more than one blank, is not for the verifier but for who calls it.
  const bearer = badTokens(residents, staff).filter(([, , header]) => /^Bearer (?! )/.test(header));

  it('is any of a corpus of more than forty', () => {
    expect(bearer.length).toBeGreaterThan(40);
  });

  it.each(bearer)('is refused: %s (%s)', async (_, reason, header) => {
    const refusal = verifier.verify(header.slice('Bearer '.length));
    await expect(refusal).rejects.toThrow(CredentialRefused);
    await expect(refusal).rejects.toMatchObject({ reason });
  });

  it('leaves nothing of itself in the error', async () => {
    const token = forge(residents, headerOf(residents), { ...residentClaims, sub: 'canary', exp: 1 });
    const error = await verifier.verify(token).catch((thrown: unknown) => thrown);
    const everything =
      JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause);
    expect(everything).toContain('expired');
    for (const part of ['canary', sampleNumber, token.slice(0, 20)]) expect(everything).not.toContain(part);
  });
});
