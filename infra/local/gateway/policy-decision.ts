import type { PolicyDocument, Statement } from 'aws-lambda';
import { isInRanges } from '../../../shared/security/api-keys/ip-ranges.ts';

/** What the statements an authorizer returns are made of, where this stand-in understands them. */
interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly IpAddress?: { readonly 'aws:SourceIp'?: string | readonly string[] } };
}

/**
 * What a policy says to a request, as IAM decides: a Deny that fits wins, then an Allow that fits, else it is denied.
 *
 * @param arn of the method with the path as it was asked for.
 * @throws Error at what this stand-in does not understand, so that nothing is let in by being overlooked.
 */
export function decideByPolicy(policy: PolicyDocument, arn: string, sourceIp: string): 'allow' | 'deny' {
  const fitting = policy.Statement.map(understood).filter((statement) => fits(statement, arn, sourceIp));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'deny';
}

function understood(statement: Statement): PolicyStatement {
  const {
    Sid: _,
    Effect,
    Action,
    Resource,
    Condition,
    ...others
  } = statement as Partial<PolicyStatement> & {
    Sid?: string;
  };
  const { IpAddress, ...conditions } = Condition ?? {};
  const { 'aws:SourceIp': __, ...keys } = IpAddress ?? {};
  if (
    (Effect !== 'Allow' && Effect !== 'Deny') ||
    Action === undefined ||
    Resource === undefined ||
    [others, conditions, keys].some((rest) => Object.keys(rest).length > 0)
  ) {
    throw new Error('The authorizer returned a statement the gateway stand-in does not understand.');
  }
  return { Effect, Action, Resource, ...(Condition && { Condition }) };
}

function fits({ Action, Resource, Condition }: PolicyStatement, arn: string, sourceIp: string): boolean {
  const ranges = Condition?.IpAddress?.['aws:SourceIp'];
  return (
    [Action].flat().some((pattern) => matches(pattern, 'execute-api:Invoke')) &&
    [Resource].flat().some((pattern) => matches(pattern, arn)) &&
    (ranges === undefined || isInRanges(sourceIp, [ranges].flat()))
  );
}

/** IAM's own pattern: `*` is any text, slashes and nothing at all included, `?` any one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
