import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** The key of residents as the value of an environment variable: the variable gets its ARN, the role the rights. */
export interface KeyAccess {
  readonly key: IKey;
  /** Whether new residents' keys may be made, besides opening those there are. */
  readonly mode: 'open' | 'open-and-make';
}

/** Lets a function open the keys of residents. */
export function openingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open' };
}

/** Lets a function open the keys of residents and make new ones. */
export function wrappingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open-and-make' };
}

/** What the key may be used for at all: the contexts of `shared/security`. */
const purposes = ['resident-data', 'blind-index'];

/** Writes the rights into the caller's own policy, for the purposes the register has and no other. */
export function grantKeyAccess({ key, mode }: KeyAccess, grantee: IGrantable): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: mode === 'open' ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:purpose': purposes } },
    }),
  );
}
