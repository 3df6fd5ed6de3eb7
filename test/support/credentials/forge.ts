import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Issuer, type IssuerSettings, issuersSchema } from '../../../shared/security/tokens/issuer.ts';

/** The instant these tests began, in seconds: of the real clock, as some of their verifiers run by it. */
export const nowSeconds = Math.floor(Date.now() / 1_000);

export const residentIssuer = issuerOf({
  issuer: 'https://id.example.org',
  audience: 'https://api.example.org',
  jwksUrl: 'https://id.example.org/jwks',
  vouchesFor: ['resident'],
  sufficientAssurance: ['real-name', 'real-name-face'],
});

export const staffIssuer = issuerOf({
  issuer: 'https://staff.example.org',
  audience: 'https://api.example.org',
  jwksUrl: 'https://staff.example.org/jwks',
  vouchesFor: ['clerk', 'operator', 'policy-editor', 'policy-approver'],
});

export function issuerOf(settings: IssuerSettings): Issuer {
  return issuersSchema.parse([settings])[0]!;
}

/** Born in 1899 and of no place: nobody's. */
export const sampleNumber = '000000189901010014';

/** A key pair of an issuer in these tests. */
export interface TestKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function makeKey(kid: string, namedCurve = 'P-256'): TestKey {
  return { kid, ...generateKeyPairSync('ec', { namedCurve }) };
}

export function makeRsaKey(kid: string): TestKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export function jwksOf(...keys: readonly TestKey[]) {
  return { keys: keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid })) };
}

export const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

/** Signs a header and a payload as they are given, text or object, with ES256 whatever the header says. */
export function forge(key: TestKey, header: object | string, payload: object | string): string {
  const text = (value: object | string) => (typeof value === 'string' ? value : JSON.stringify(value));
  return signed(key, `${base64url(text(header))}.${base64url(text(payload))}`);
}

export function signed({ privateKey }: TestKey, input: string): string {
  const options =
    privateKey.asymmetricKeyType === 'ec'
      ? ({ key: privateKey, dsaEncoding: 'ieee-p1363' } as const)
      : { key: privateKey };
  return `${input}.${base64url(sign('sha256', Buffer.from(input), options))}`;
}

export function hmacSigned(secret: string | Uint8Array, header: object, payload: object): string {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export const headerOf = (key: TestKey) => ({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' });

const times = { iat: nowSeconds - 60, exp: nowSeconds + 600 };

export const residentClaims = {
  iss: residentIssuer.issuer,
  aud: residentIssuer.audience,
  sub: 'resident-1',
  ...times,
  acr: 'real-name',
  id_document: { type: 'resident-id', number: sampleNumber },
};

export const clerkClaims = {
  iss: staffIssuer.issuer,
  aud: staffIssuer.audience,
  sub: 'clerk-1',
  ...times,
  roles: ['clerk'],
  district: '510107',
  post: 'window-3',
};

export const staffClaims = {
  iss: staffIssuer.issuer,
  aud: staffIssuer.audience,
  sub: 'staff-1',
  ...times,
  roles: ['operator'],
};
