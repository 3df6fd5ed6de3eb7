import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import {
  decidingAccess,
  grantKeyAccess,
  issuingAccess,
  openingAccess,
  wrappingAccess,
} from '../../infra/constructs/key-access.ts';
import { ProductTable } from '../../infra/constructs/product-table.ts';
import {
  appendAccess,
  appendAndListAccess,
  appendWatchedAccess,
  grantTableAccess,
  readAccess,
  readUpdateAccess,
  readWriteAccess,
} from '../../infra/constructs/table-access.ts';
import { tables } from '../../infra/tables.ts';
import { pageTokenKeyContext } from '../../shared/http/page-token.ts';
import { hashKeyContext } from '../../shared/security/api-keys/api-key-hashes.ts';
import { blindIndexKeyContext } from '../../shared/security/blind-index.ts';
import { decisionKeyContext, residentKeyContext } from '../../shared/security/envelope.ts';
import { auditAnchorKey } from '../../shared/stores/dynamodb/audit-anchor-items.ts';
import { auditKeys } from '../../shared/stores/dynamodb/audit-items.ts';
import { changeEntry, lookEntry } from '../support/audit-entries.ts';
import { isTracing, policyStatementsOf } from './policy-statements.ts';
import { bareStack, propertiesOf, resourcesOf, stackNames, synthesise } from './synthesise.ts';

const pushToLogs = 'AmazonAPIGatewayPushToCloudWatchLogs';

describe.each(Object.values(stages))('policies of $name', (stage) => {
  const templates = synthesise(stage);
  const statements = stackNames.flatMap((stack) => policyStatementsOf(templates[stack]));
  const allowed = statements.filter(({ effect }) => effect === 'Allow');

  it('are found at all', () => {
    expect(new Set(statements.map(({ type }) => type))).toEqual(
      new Set([
        'AWS::IAM::Policy',
        'AWS::IAM::Role',
        'AWS::KMS::Key',
        'AWS::Lambda::Permission',
        'AWS::S3::BucketPolicy',
        'AWS::SNS::TopicPolicy',
        'AWS::SQS::QueuePolicy',
      ]),
    );
  });

  it('allow no role anything on every resource but to trace, nor on a pattern of them but the files of a folder', () => {
    const inFolder =
      /^\{"Fn::Join":\["",\[\{"Fn::(GetAtt":\["importFilesBucket\w+","Arn"\]|ImportValue":"[\w:-]*AuditRootsBucket\w+")\},"\/[a-z]+\/\*"\]\]\}$/;
    for (const statement of allowed.filter(
      (each) => each.type.startsWith('AWS::IAM::') && !isTracing(each),
    )) {
      for (const resource of statement.resources) {
        const text = JSON.stringify(resource);
        if (statement.actions.every((action) => /^s3:(Get|Put)Object/.test(action)) && inFolder.test(text)) {
          continue;
        }
        expect(text, statement.id).not.toContain('*');
      }
    }
  });

  it('allow no action by pattern, save the account its own keys', () => {
    const patterns = allowed.filter(({ actions }) => actions.some((action) => action.includes('*')));
    for (const statement of patterns) {
      expect(statement.type, statement.id).toBe('AWS::KMS::Key');
      expect(statement.actions).toEqual(['kms:*']);
      expect(JSON.stringify(statement.principal)).toMatch(/:root"/);
    }
  });

  it('have "*" as a resource in key policies, where it stands for that key, and once a function, to trace', () => {
    const functions = stackNames.flatMap((stack) => propertiesOf(templates[stack], 'AWS::Lambda::Function'));
    const roles = functions.map(({ Role: role }) => role['Fn::GetAtt'][0]);
    const tracing = statements.filter(isTracing);
    expect(tracing.flatMap((statement) => statement.roles).sort()).toEqual(roles.sort());
    for (const statement of statements.filter((each) => each.resources.includes('*') && !isTracing(each))) {
      expect(statement.type, statement.id).toBe('AWS::KMS::Key');
    }
  });

  it('let nobody unnamed do anything', () => {
    for (const statement of allowed) {
      expect(JSON.stringify(statement.principal ?? null), statement.id).not.toContain('"*"');
    }
  });

  it('let API Gateway run a function for one method each, or as its authorizer', () => {
    const permissions = propertiesOf(templates.api, 'AWS::Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(0);
    for (const { Principal, SourceArn } of permissions) {
      expect(Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(SourceArn)).toMatch(/\/(GET|POST|PUT|DELETE|\*)\/v1\/|\/authorizers\//);
    }
  });

  it('give each function a role of its own, and that role its logs and what its data asks for', () => {
    const functions = Object.entries(resourcesOf(templates.api, 'AWS::Lambda::Function'));
    const roles = functions.map(([, { Properties }]) => Properties.Role['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(functions.length);
    const logs = [
      ...['logs:CreateLogStream', 'logs:PutLogEvents'],
      ...['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    ];
    const read = ['dynamodb:GetItem', 'dynamodb:Query', 'kms:Decrypt', 'kms:DescribeKey'];
    const write = [
      ...['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      ...['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    ];
    const allowedOf: Readonly<Record<string, readonly string[]>> = {
      eligibility: [...read, ...logs],
      policies: [...read, ...logs],
      // Besides those of the tables: what the key of residents, or that of credentials, is asked for.
      registry: [...read, ...write, 'kms:Decrypt', 'kms:GenerateDataKey', ...logs],
      residents: [...read, ...write, 'dynamodb:BatchGetItem', 'kms:Decrypt', 'kms:GenerateDataKey', ...logs],
      counter: [...read, ...write, 'dynamodb:BatchGetItem', 'kms:Decrypt', 'kms:GenerateDataKey', ...logs],
      partners: [...read, ...write, 'kms:Decrypt', 'kms:GenerateDataKey', ...logs],
      admin: [...read, ...write, 'kms:Decrypt', 'kms:GenerateDataKey', ...logs],
      authorizer: [
        ...read,
        // The day a key was used on.
        ...write.filter((action) => !/ConditionCheckItem|PutItem/.test(action)),
        'kms:Decrypt',
        ...logs,
      ],
    };
    for (const [index, [id]] of functions.entries()) {
      const actions = policyStatementsOf(templates.api)
        .filter(({ type, roles: to }) => type === 'AWS::IAM::Policy' && to.includes(roles[index]))
        .flatMap((statement) => statement.actions);
      const name = id.slice(0, id.indexOf('Function'));
      expect([name, [...new Set(actions)].sort()]).toEqual([name, [...new Set(allowedOf[name])].sort()]);
    }
  });

  it('show the doors of residents and third parties no keys of third parties', () => {
    const onPartners = policyStatementsOf(templates.api).filter(
      ({ type, roles, resources }) =>
        type === 'AWS::IAM::Policy' &&
        roles.some((role) => /^(residents|partners)Role/.test(role)) &&
        JSON.stringify(resources).includes('FnGetAttpartners'),
    );
    expect(onPartners).toHaveLength(2);
    for (const { conditions } of onPartners) {
      expect(conditions).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['PARTNER#*'] } });
    }
  });

  it('let the stream function read streams, add to the audit and name dead letters, and nothing else', () => {
    const statements = policyStatementsOf(templates.background).filter(
      ({ type, roles }) => type === 'AWS::IAM::Policy' && roles.every((role) => role.startsWith('stream')),
    );
    const on = (resource: RegExp) => [
      ...new Set(
        statements
          .filter(({ resources }) => resource.test(JSON.stringify(resources)))
          .flatMap(({ actions }) => actions),
      ),
    ];
    expect(on(/TableStreamArn|StreamArn/).sort()).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ]);
    expect(on(/FnGetAttaudit\w*Arn/)).toEqual(['dynamodb:PutItem']);
    expect(on(/DeadLetters/)).toEqual(['sqs:SendMessage']);
    const others = statements.filter(
      (each) => !isTracing(each) && each.actions.every((action) => !/^(dynamodb|sqs|logs|kms):/.test(action)),
    );
    expect(others).toEqual([]);
  });

  it('let the anchor function read the audit, say how far it is anchored, and add signed roots', () => {
    const statements = propertiesOf(templates.background, 'AWS::IAM::Policy')
      .filter(({ Roles }) => Roles.every(({ Ref }: { Ref: string }) => Ref.startsWith('anchor')))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => ![Action].flat().some((action) => /^(logs|xray):/.test(action)));
    const keysOf = (key: readonly string[]) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': key },
    });
    const rights = statements.map(({ Action, Condition }) => [[Action].flat(), Condition]);
    expect(rights).toEqual(
      expect.arrayContaining([
        [['dynamodb:Query'], keysOf(['ENTRIES#*'])],
        [['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], keysOf(['ANCHOR'])],
        [['s3:PutObject'], undefined],
        [['s3:GetObject'], undefined],
        [['kms:GetPublicKey', 'kms:Sign'], undefined],
      ]),
    );
    // Besides, the key of the table.
    expect(rights).toHaveLength(6);
  });

  it('let CodeDeploy move the aliases of functions behind the API, and look at what would take them back', () => {
    const [trust, ...others] = Object.entries(resourcesOf(templates.api, 'AWS::IAM::Role')).filter(([id]) =>
      id.startsWith('DeploymentsRole'),
    );
    expect(others).toEqual([]);
    expect(trust?.[1].Properties.AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({ Principal: { Service: 'codedeploy.amazonaws.com' } }),
    ]);
    const rights = policyStatementsOf(templates.api).filter(({ roles }) => roles.includes(trust![0]));
    const on = (action: RegExp) =>
      rights
        .filter(({ actions }) => actions.every((each) => action.test(each)))
        .flatMap(({ resources }) => resources);
    const functions = Object.keys(resourcesOf(templates.api, 'AWS::Lambda::Function'));
    const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
    const aliases = functions.flatMap((id) => [arnOf(id), { 'Fn::Join': ['', [arnOf(id), ':live']] }]);
    expect(on(/^lambda:(GetAlias|UpdateAlias|GetProvisionedConcurrencyConfig)$/)).toHaveLength(
      aliases.length,
    );
    expect(on(/^lambda:/)).toEqual(expect.arrayContaining(aliases));
    const alarms = Object.keys(resourcesOf(templates.api, 'AWS::CloudWatch::Alarm')).map(arnOf);
    expect(on(/^cloudwatch:DescribeAlarms$/)).toHaveLength(alarms.length);
    expect(on(/^cloudwatch:/)).toEqual(expect.arrayContaining(alarms));
    expect(on(/^(lambda|cloudwatch):/)).toHaveLength(aliases.length + alarms.length);
    expect(
      rights.flatMap(({ actions }) => actions).filter((action) => !/^(lambda|cloudwatch):/.test(action)),
    ).toEqual([]);
  });

  it("attach no managed policy but the one of API Gateway's account role", () => {
    const attached = propertiesOf(templates.api, 'AWS::IAM::Role').flatMap(
      ({ ManagedPolicyArns }) => ManagedPolicyArns ?? [],
    );
    const arn = ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/service-role/${pushToLogs}`];
    expect(attached).toEqual([{ 'Fn::Join': ['', arn] }]);
  });
});

describe('access to a table', () => {
  function actionsOf(access: typeof readAccess): string[] {
    const stack = bareStack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const table = new ProductTable(stack, 'Table', {
      definition: tables.policies,
      encryptionKey: new Key(stack, 'Key'),
      stage: stages.dev,
    });
    grantTableAccess(access(table), role);
    return policyStatementsOf(Template.fromStack(stack))
      .filter(({ type }) => type === 'AWS::IAM::Policy')
      .flatMap(({ actions }) => actions);
  }

  it('to read is by key, without a scan and without a way to write', () => {
    expect(actionsOf(readAccess).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:DescribeKey',
    ]);
  });

  it('to append puts items and sees none', () => {
    expect(actionsOf(appendAccess).filter((action) => action.startsWith('dynamodb:'))).toEqual([
      'dynamodb:PutItem',
    ]);
  });

  it('to the audit is to entries for those who write them, and to the anchor for those who watch it', () => {
    const rightsOf = (access: typeof readAccess) => {
      const stack = bareStack();
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      const encryptionKey = new Key(stack, 'Key');
      const table = new ProductTable(stack, 'Table', {
        definition: tables.audit,
        encryptionKey,
        stage: stages.dev,
      });
      grantTableAccess(access(table), role);
      return propertiesOf(Template.fromStack(stack), 'AWS::IAM::Policy')
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        .flatMap(({ Action, Condition }) =>
          Condition === undefined
            ? []
            : [[Action, Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']]],
        );
    };
    const entries = ['ENTRIES#*', 'ENTRY#*', 'ACCESSES#*'];
    expect(rightsOf(appendAccess)).toEqual([['dynamodb:PutItem', entries]]);
    expect(rightsOf(appendWatchedAccess)).toEqual([
      ['dynamodb:PutItem', entries],
      ['dynamodb:GetItem', ['ANCHOR']],
    ]);
    expect(rightsOf(appendAndListAccess)).toEqual([
      ['dynamodb:PutItem', entries],
      ['dynamodb:Query', ['ACCESSES#*']],
      ['dynamodb:BatchGetItem', ['ENTRIES#*']],
    ]);
    // Keys of entries and places fit, the anchor's does not.
    const fits = (key: string) => entries.some((pattern) => key.startsWith(pattern.slice(0, -1)));
    const places = [changeEntry(1), lookEntry(1), lookEntry(1, { residentId: null })].map(auditKeys.place);
    for (const pk of [auditKeys.shard('2024-06-01T08', 0), ...places.map((place) => place.pk)]) {
      expect([pk, fits(pk)]).toEqual([pk, true]);
    }
    expect(fits(auditAnchorKey.pk)).toBe(false);
  });

  it('to update changes what there is, and adds nothing', () => {
    expect(actionsOf(readUpdateAccess).filter((action) => action.startsWith('dynamodb:'))).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });

  it('to write adds and updates, and never deletes', () => {
    const actions = actionsOf(readWriteAccess);
    expect(actions).toEqual(expect.arrayContaining(actionsOf(readAccess)));
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:PutItem', 'dynamodb:UpdateItem']));
    expect(actions.filter((action) => /Delete|Scan|\*/.test(action))).toEqual([]);
  });
});

describe("access to the residents' key", () => {
  function statementOf(access: typeof openingAccess) {
    const stack = bareStack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    grantKeyAccess(access(new Key(stack, 'Key')), role);
    return propertiesOf(Template.fromStack(stack), 'AWS::IAM::Policy')[0].PolicyDocument.Statement;
  }
  const forPurposes = {
    StringEquals: { 'kms:EncryptionContext:purpose': ['resident-data', 'blind-index'] },
  };

  it('opens what is wrapped for a purpose of the register, and makes keys only where it is to', () => {
    expect(statementOf(openingAccess)).toMatchObject([{ Action: 'kms:Decrypt', Condition: forPurposes }]);
    expect(statementOf(wrappingAccess)).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: forPurposes },
    ]);
  });

  it('opens the keys of decisions too where they are made, and makes those of nobody else', () => {
    const { purpose } = decisionKeyContext('dc_1');
    const [opens, makes, ...others] = statementOf(decidingAccess);
    const purposesOf = (statement: { Condition: typeof forPurposes }) =>
      statement.Condition.StringEquals['kms:EncryptionContext:purpose'];
    expect([opens.Action, purposesOf(opens)]).toEqual([
      'kms:Decrypt',
      [...purposesOf({ Condition: forPurposes }), purpose],
    ]);
    expect([makes.Action, [purposesOf(makes)].flat()]).toEqual(['kms:GenerateDataKey', [purpose]]);
    expect(others).toEqual([]);
  });

  it('lets whoever issues API keys make those of hashes and of page tokens, and nothing of residents', () => {
    const purposes = [hashKeyContext('v1').purpose, pageTokenKeyContext.purpose];
    expect(statementOf(issuingAccess)).toMatchObject([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'kms:EncryptionContext:purpose': purposes } },
      },
    ]);
  });

  it('names the purposes that keys are made for', () => {
    const purposes = [residentKeyContext('rs_1'), blindIndexKeyContext('v1')].map(({ purpose }) => purpose);
    expect(purposes).toEqual(forPurposes.StringEquals['kms:EncryptionContext:purpose']);
  });
});
