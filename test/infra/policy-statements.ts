import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesise.ts';

export interface PolicyStatement {
  /** Logical id of the resource it stands in, for messages. */
  readonly id: string;
  readonly type: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly principal: unknown;
  readonly conditions: unknown;
  /** Logical ids of the roles it is attached to. */
  readonly roles: readonly string[];
}

/** The one right on everything: to tell X-Ray of calls, which names no resource. */
export function isTracing({ type, actions, resources, conditions }: PolicyStatement): boolean {
  return (
    type === 'AWS::IAM::Policy' &&
    actions.toSorted().join() === 'xray:PutTelemetryRecords,xray:PutTraceSegments' &&
    resources.length === 1 &&
    resources[0] === '*' &&
    conditions === undefined
  );
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Every policy statement of a template, wherever it stands: in policies, roles, keys, topics. A Lambda
 * permission counts as the statement it becomes.
 */
export function policyStatementsOf(template: Template): PolicyStatement[] {
  return Object.entries(resourcesOf(template)).flatMap(([id, { Type: type, Properties }]) => {
    if (type === 'AWS::Lambda::Permission') {
      return [statement(id, type, { Effect: 'Allow', ...Properties, Resource: Properties.FunctionName }, [])];
    }
    const roles = ((Properties?.Roles ?? []) as { readonly Ref?: string }[]).flatMap(({ Ref }) => Ref ?? []);
    return statementsIn(Properties).map((found) => statement(id, type, found, roles));
  });
}

function statementsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  if (value === null || typeof value !== 'object') return [];
  const object = value as Json;
  const own = typeof object.Effect === 'string' ? [object] : [];
  return [...own, ...Object.values(object).flatMap(statementsIn)];
}

function statement(id: string, type: string, json: Json, roles: readonly string[]): PolicyStatement {
  return {
    id,
    type,
    effect: json.Effect as PolicyStatement['effect'],
    actions: list(json.Action) as string[],
    resources: list(json.Resource),
    principal: json.Principal,
    conditions: json.Condition,
    roles,
  };
}

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
