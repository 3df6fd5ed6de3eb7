import type { PolicyDocument } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { decideByPolicy } from '../../../../../infra/local/gateway/policy-decision.ts';

const stage = 'arn:aws:execute-api:local:000000000000:local/local';
const arn = `${stage}/GET/v1/me/record`;
const statement = (change: object = {}) => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: arn,
  ...change,
});
const decide = (...statements: object[]) =>
  decideByPolicy({ Version: '2012-10-17', Statement: statements } as PolicyDocument, arn, '203.0.113.7');

describe('what a policy says to a request', () => {
  it.each<[string, 'allow' | 'deny', object[]]>([
    ['nothing is said', 'deny', []],
    ['it is allowed', 'allow', [statement()]],
    ['it is denied', 'deny', [statement({ Effect: 'Deny' })]],
    ['it is allowed and denied, in any order', 'deny', [statement({ Effect: 'Deny' }), statement()]],
    ['it is among several', 'allow', [statement({ Resource: [`${stage}/GET/x`, arn] })]],
    ['it is meant by *, slashes included', 'allow', [statement({ Resource: `${stage}/*record` })]],
    ['it is meant by ?', 'allow', [statement({ Resource: `${stage}/GET/v?/me/record` })]],
    ['a dot is a dot', 'deny', [statement({ Resource: `${stage}/GET/v1/me/recor.` })]],
    ['it only begins like it', 'deny', [statement({ Resource: `${stage}/GET/v1/me` })]],
    ['it only ends like it', 'deny', [statement({ Resource: '/v1/me/record' })]],
    ['another action is meant', 'deny', [statement({ Action: 's3:GetObject' })]],
    ['all actions of the gateway are meant', 'allow', [statement({ Action: 'execute-api:*' })]],
    [
      'it comes from there',
      'allow',
      [statement({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })],
    ],
    [
      'it comes from elsewhere',
      'deny',
      [statement({ Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24'] } } })],
    ],
  ])('when %s: %s', (_, verdict, statements) => {
    expect(decide(...statements)).toBe(verdict);
  });

  it.each([
    ['a condition it does not know', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ['another key of a condition', { Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } } }],
    ['exceptions', { NotResource: arn }],
    ['an effect it does not know', { Effect: 'allow' }],
  ])('is a fault where it has %s', (_, change) => {
    expect(() => decide(statement(change))).toThrow(/does not understand/);
  });
});
