import type { Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, resourcesOf } from './synthesise.ts';

export interface MethodProperties {
  readonly HttpMethod: string;
  readonly ResourceId: { readonly Ref: string };
  readonly AuthorizationType: string;
  readonly AuthorizerId?: unknown;
  readonly OperationName?: string;
  readonly ApiKeyRequired?: boolean;
  readonly Integration: { readonly Type: string; readonly Uri?: unknown };
}

/** Every method of a template's REST API by what a caller writes: `GET /v1/services/{code}`. */
export function methodsOf(template: Template): Map<string, MethodProperties> {
  const parts = resourcesOf(template, 'AWS::ApiGateway::Resource');
  const pathOf = (id: string | undefined): string => {
    const part = id === undefined ? undefined : parts[id]?.Properties;
    return part === undefined ? '' : `${pathOf(part.ParentId.Ref)}/${part.PathPart}`;
  };
  const methods: MethodProperties[] = propertiesOf(template, 'AWS::ApiGateway::Method');
  return new Map(methods.map((method) => [`${method.HttpMethod} ${pathOf(method.ResourceId.Ref)}`, method]));
}
