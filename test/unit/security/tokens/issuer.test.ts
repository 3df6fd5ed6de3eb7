import { describe, expect, it } from 'vitest';
import { type IssuerSettings, issuersSchema } from '../../../../shared/security/tokens/issuer.ts';

const settings: IssuerSettings = {
  issuer: 'https://id.example.org',
  audience: 'https://api.example.org',
  jwksUrl: 'https://id.example.org/jwks',
  vouchesFor: ['resident'],
};

describe('the configuration of issuers', () => {
  it('takes access tokens signed with ES256 that live for at most half a day, unless it says otherwise', () => {
    expect(issuersSchema.parse([settings])).toEqual([
      {
        ...settings,
        type: 'at+jwt',
        algorithms: ['ES256'],
        sufficientAssurance: [],
        maxLifetimeSeconds: 43_200,
      },
    ]);
  });

  it.each<[string, object]>([
    ['a shared secret', { algorithms: ['HS256'] }],
    ['no signature', { algorithms: ['none'] }],
    ['no algorithm at all', { algorithms: [] }],
    ['keys that come without TLS', { jwksUrl: 'http://id.example.org/jwks' }],
    ['keys from a file', { jwksUrl: 'file:///etc/keys' }],
    ['nobody to vouch for', { vouchesFor: [] }],
    ['an unknown role', { vouchesFor: ['root'] }],
    ['a setting that is not one', { algorithm: 'ES256' }],
    ['tokens that live for days', { maxLifetimeSeconds: 86_401 }],
  ])('knows no issuer with %s', (_, change) => {
    expect(issuersSchema.safeParse([{ ...settings, ...change }]).success).toBe(false);
  });

  it('names each issuer once', () => {
    expect(issuersSchema.safeParse([settings, settings]).success).toBe(false);
  });
});
