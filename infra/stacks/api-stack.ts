import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { environmentSchema as AdminEnvironment } from '../../functions/admin/env.ts';
import type { environmentSchema as CounterEnvironment } from '../../functions/counter/env.ts';
import type { environmentSchema as EligibilityEnvironment } from '../../functions/eligibility/env.ts';
import type { environmentSchema as PartnersEnvironment } from '../../functions/partners/env.ts';
import type { environmentSchema as PoliciesEnvironment } from '../../functions/policies/env.ts';
import type { environmentSchema as RegistryEnvironment } from '../../functions/registry/env.ts';
import type { environmentSchema as ResidentsEnvironment } from '../../functions/residents/env.ts';
import type { FunctionName, Route } from '../../shared/contract/route.ts';
import { allowedOrigins } from '../../shared/http/allowed-origins.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { ApiFunction } from '../constructs/api-function.ts';
import { CredentialsAuthorizer } from '../constructs/credentials-authorizer.ts';
import { EligibilityApi } from '../constructs/eligibility-api.ts';
import { GradualDeployments } from '../constructs/gradual-deployments.ts';
import { decidingAccess, issuingAccess, pagingAccess, wrappingAccess } from '../constructs/key-access.ts';
import { LogKey } from '../constructs/log-key.ts';
import { PartnerUsagePlan } from '../constructs/partner-usage-plan.ts';
import type { ProductTable } from '../constructs/product-table.ts';
import {
  appendAndListAccess,
  appendWatchedAccess,
  readAccess,
  readWriteAccess,
  readWriteListsAccess,
} from '../constructs/table-access.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import type { ProductFunctionName } from '../function-names.ts';
import type { TableName } from './data-stack.ts';

export interface ApiStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly routes: readonly Route[];
  readonly tables: Readonly<Record<TableName, ProductTable>>;
  /** Wraps the keys of residents. */
  readonly residentKey: IKey;
  /** Wraps the keys of API key hashes. */
  readonly credentialsKey: IKey;
  /** The bundled code of a function. */
  readonly codeOf: (name: ProductFunctionName) => Code;
}

/** Of the partners table, what third parties agreed to and used; not who they are, nor their keys. */
const termsAndUsage = ['PARTNER#*'];

/** The front door and the functions behind it. Holds nothing that cannot be made anew from the sources. */
export class ApiStack extends Stack {
  readonly restApi: RestApi;
  readonly webAcl: WebAcl;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly authorizer: IFunction;
  /** What takes a new version of one of them back. */
  readonly rollBackAlarms: readonly IAlarm[];

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { stage, routes, tables, residentKey, credentialsKey, codeOf } = props;
    const logKey = new LogKey(this, 'LogKey', removalPolicyOf(stage)).key;
    const common = { stage, logKey };
    // Parsed here too, so that what is no origin is refused at synthesis and not at the first request.
    const forBrowsers = { ALLOWED_ORIGINS: allowedOrigins.parse(stage.allowedOrigins).join(' ') };

    const eligibility = new ApiFunction<typeof EligibilityEnvironment>(this, 'eligibility', {
      ...common,
      name: 'eligibility',
      code: codeOf('eligibility'),
      environment: { POLICIES_TABLE: readAccess(tables.policies) },
    });
    const policies = new ApiFunction<typeof PoliciesEnvironment>(this, 'policies', {
      ...common,
      name: 'policies',
      code: codeOf('policies'),
      environment: { POLICIES_TABLE: readAccess(tables.policies) },
    });
    const residents = new ApiFunction<typeof ResidentsEnvironment>(this, 'residents', {
      ...common,
      name: 'residents',
      code: codeOf('residents'),
      environment: {
        POLICIES_TABLE: readAccess(tables.policies),
        RESIDENTS_TABLE: readAccess(tables.residents),
        RESIDENT_KEY_ID: pagingAccess(residentKey),
        DECISIONS_TABLE: readWriteListsAccess(tables.decisions),
        AUDIT_TABLE: appendAndListAccess(tables.audit),
        PARTNERS_TABLE: readAccess(tables.partners, termsAndUsage),
        ...forBrowsers,
      },
    });
    const counter = new ApiFunction<typeof CounterEnvironment>(this, 'counter', {
      ...common,
      name: 'counter',
      code: codeOf('counter'),
      environment: {
        POLICIES_TABLE: readAccess(tables.policies),
        RESIDENTS_TABLE: readAccess(tables.residents),
        RESIDENT_KEY_ID: decidingAccess(residentKey),
        DECISIONS_TABLE: readWriteListsAccess(tables.decisions),
        AUDIT_TABLE: appendWatchedAccess(tables.audit),
        ...forBrowsers,
      },
    });
    const registry = new ApiFunction<typeof RegistryEnvironment>(this, 'registry', {
      ...common,
      name: 'registry',
      code: codeOf('registry'),
      environment: {
        RESIDENTS_TABLE: readWriteAccess(tables.residents),
        RESIDENT_KEY_ID: wrappingAccess(residentKey),
      },
    });
    const partners = new ApiFunction<typeof PartnersEnvironment>(this, 'partners', {
      ...common,
      name: 'partners',
      code: codeOf('partners'),
      environment: {
        POLICIES_TABLE: readAccess(tables.policies),
        RESIDENTS_TABLE: readAccess(tables.residents),
        RESIDENT_KEY_ID: decidingAccess(residentKey),
        DECISIONS_TABLE: readWriteAccess(tables.decisions),
        PARTNERS_TABLE: readWriteAccess(tables.partners, termsAndUsage),
        AUDIT_TABLE: appendWatchedAccess(tables.audit),
      },
    });
    const admin = new ApiFunction<typeof AdminEnvironment>(this, 'admin', {
      ...common,
      name: 'admin',
      code: codeOf('admin'),
      environment: {
        POLICIES_TABLE: readAccess(tables.policies),
        PARTNERS_TABLE: readWriteAccess(tables.partners),
        API_KEY_ENVIRONMENT: stage.apiKeyEnvironment,
        CREDENTIALS_KEY_ID: issuingAccess(credentialsKey),
        ...forBrowsers,
      },
    });
    const served = { admin, counter, eligibility, partners, policies, registry, residents };
    this.functions = mapFunctions(served, (each) => each.function);
    const deployments = new GradualDeployments(this, 'Deployments', stage);

    const { function: authorizer, authorizers } = new CredentialsAuthorizer(this, 'Credentials', {
      ...common,
      code: codeOf('authorizer'),
      routes,
      partners: tables.partners,
      credentialsKey,
      deployments,
    });
    this.authorizer = authorizer;

    const { restApi } = new EligibilityApi(this, 'Api', {
      stage,
      routes,
      functions: mapFunctions(served, (each) => deployments.live(each)),
      authorizers,
      logKey,
    });
    this.restApi = restApi;
    this.rollBackAlarms = deployments.alarms;
    this.webAcl = new WebAcl(this, 'WebAcl', { stage, restApi });
    new PartnerUsagePlan(this, 'Partners', { restApi, stage });
    new CfnOutput(this, 'ApiUrl', { value: restApi.url, description: 'Where the API answers' });
  }
}

function mapFunctions<In, Out>(
  functions: Readonly<Record<FunctionName, In>>,
  make: (each: In) => Out,
): Record<FunctionName, Out> {
  const made = Object.entries(functions).map(([name, each]) => [name, make(each)]);
  return Object.fromEntries(made) as Record<FunctionName, Out>;
}
