import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../../../functions/authorizer/create-authorizer.ts';
import { PartnerStoreUnavailable } from '../../../../shared/domain/partners/partner-store.ts';
import { CredentialRefused } from '../../../../shared/security/credential-refused.ts';
import { IssuerKeysUnavailable } from '../../../../shared/security/tokens/issuer-keys.ts';
import { TokenVerifier } from '../../../../shared/security/tokens/token-verifier.ts';
import { badTokens } from '../../../support/credentials/bad-tokens.ts';
import {
  clerkClaims,
  forge,
  headerOf,
  jwksOf,
  makeKey,
  nowSeconds,
  residentClaims,
  residentIssuer,
  sampleNumber,
  staffIssuer,
} from '../../../support/credentials/forge.ts';
import { guards } from '../../../support/credentials/guarded-routes.ts';
import { recordingObservers } from '../../../support/recording-log.ts';

const [residents, staff] = [makeKey('r1'), makeKey('s1')];
const token = forge(residents, headerOf(residents), residentClaims);

function eventOf(...authorization: string[]): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:ap-southeast-1:000000000000:abcdef/dev/GET/v1/me/record',
    multiValueHeaders: { authorization },
    requestContext: { requestId: 'request-1', identity: { sourceIp: '203.0.113.7' } },
  } as unknown as APIGatewayRequestAuthorizerEvent;
}

function authorizer(verifyApiKey: (key: string, sourceIp: string) => Promise<never> = refuse) {
  const sets: Readonly<Record<string, unknown>> = {
    [residentIssuer.jwksUrl]: jwksOf(residents),
    [staffIssuer.jwksUrl]: jwksOf(staff),
  };
  const tokens = new TokenVerifier([residentIssuer, staffIssuer], {
    fetchKeys: async (url) => sets[url],
    now: () => nowSeconds * 1_000,
  });
  const observers = recordingObservers();
  const verifiers = { verifyToken: (text: string) => tokens.verify(text), verifyApiKey };
  return { ...observers, ask: createAuthorizer({ routes: guards, verifiers, ...observers }) };
}

async function refuse(): Promise<never> {
  throw new CredentialRefused('checksum');
}

/** All that can be seen of an error from outside. */
function everythingOf(error: unknown): string {
  return JSON.stringify(
    error,
    Object.getOwnPropertyNames(error).filter((name) => name !== 'stack'),
  );
}

describe('the answer to a good credential', () => {
  it('has who calls as the functions read it, what they may call, and no person in the principal', async () => {
    await expect(authorizer().ask(eventOf(`Bearer ${token}`))).resolves.toEqual({
      principalId: 'resident',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: ['record', 'eligibility'].map(
              (part) => `arn:aws:execute-api:ap-southeast-1:000000000000:abcdef/dev/GET/v1/me/${part}`,
            ),
          },
        ],
      },
      context: {
        kind: 'resident',
        subject: 'resident-1',
        documentType: 'resident-id',
        documentNumber: sampleNumber,
      },
    });
  });

  it('takes the scheme in any case, as HTTP says', async () => {
    const clerk = forge(staff, headerOf(staff), clerkClaims);
    await expect(authorizer().ask(eventOf(`bearer ${clerk}`))).resolves.toMatchObject({
      context: { kind: 'clerk', district: '510107', post: 'window-3' },
    });
  });

  it('writes nothing to the log', async () => {
    const { ask, messages } = authorizer();
    await ask(eventOf(`Bearer ${token}`));
    expect(messages).toEqual([]);
  });
});

describe('the answer to a bad credential', () => {
  it.each(badTokens(residents, staff))(
    'is the same one for all, with the reason in the log alone: %s (%s)',
    async (_, reason, header) => {
      const { ask, messages, problems } = authorizer();
      const error = await ask(eventOf(header)).catch((thrown: unknown) => thrown);
      expect(everythingOf(error)).toBe('{"message":"Unauthorized"}');
      expect(messages).toEqual([{ name: 'credentialRefused', fields: { reason: expect.any(String) } }]);
      // What is no scheme and credential with one blank between them comes to no verifier.
      const told = /^\S+ \S+$/.test(header) ? reason : 'unknown-scheme';
      expect(messages[0]?.fields.reason).toBe(told);
      expect(problems).toEqual(['unauthorized']);
    },
  );

  it.each([
    ['none', []],
    ['two, one of them good', [`Bearer ${token}`, 'Bearer x']],
    ['two, equal and good', [`Bearer ${token}`, `Bearer ${token}`]],
  ])('is the same when the header comes %s', async (_, values) => {
    await expect(authorizer().ask(eventOf(...values))).rejects.toThrow(/^Unauthorized$/);
  });

  it('is the same where there are no headers at all', async () => {
    const event = { ...eventOf(), multiValueHeaders: null };
    await expect(authorizer().ask(event)).rejects.toThrow(/^Unauthorized$/);
  });
});

describe('the answer when nobody can tell', () => {
  it.each([
    new PartnerStoreUnavailable('canary'),
    new IssuerKeysUnavailable('canary'),
    new TypeError('canary'),
  ])('is a failure, which lets nobody in and repeats nothing: $name', async (fault) => {
    const { ask, messages, problems } = authorizer(async () => {
      throw fault;
    });
    const error = await ask(eventOf('ApiKey x')).catch((thrown: unknown) => thrown);
    expect(everythingOf(error)).toBe('{"message":"The credential could not be checked."}');
    expect(messages).toEqual([{ name: 'credentialNotChecked', fields: { errorName: fault.name } }]);
    expect(problems).toEqual(['unavailable']);
  });
});
