import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** A key as the value of an environment variable: the variable gets its ARN, the role the rights. */
export interface KeyAccess {
  readonly key: IKey;
  /** Whether new keys may be made, besides opening those there are: of residents, or of decisions alone. */
  readonly mode: 'open' | 'open-and-page' | 'open-and-make' | 'open-and-decide' | 'issue-credentials';
}

/** Lets a function open the keys of residents. */
export function openingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open' };
}

/** Lets a function open the keys of residents, and sign page tokens. */
export function pagingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open-and-page' };
}

/** Lets a function open the keys of residents and make new ones. */
export function wrappingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open-and-make' };
}

/** Lets a function open the keys of residents, and make and open those of decisions about people who are in no register. */
export function decidingAccess(key: IKey): KeyAccess {
  return { key, mode: 'open-and-decide' };
}

/** Lets a function make and open the keys that API keys are hashed under, and those that page tokens are signed with. */
export function issuingAccess(key: IKey): KeyAccess {
  return { key, mode: 'issue-credentials' };
}

/** What a key of the register is for: the contexts of `shared/security`. */
const register = ['resident-data', 'blind-index'];
const decisions = ['decision-data'];
const pageTokens = ['page-token'];
const credentials = ['api-key-hash', ...pageTokens];

/** By mode: what may be done with wrapped keys, and with those of which purposes. */
const rights = {
  open: [{ actions: ['kms:Decrypt'], purposes: register }],
  'open-and-page': [
    { actions: ['kms:Decrypt'], purposes: [...register, ...pageTokens] },
    { actions: ['kms:GenerateDataKey'], purposes: pageTokens },
  ],
  'open-and-make': [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], purposes: register }],
  'open-and-decide': [
    { actions: ['kms:Decrypt'], purposes: [...register, ...decisions] },
    { actions: ['kms:GenerateDataKey'], purposes: decisions },
  ],
  'issue-credentials': [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], purposes: credentials }],
} as const satisfies Record<KeyAccess['mode'], readonly object[]>;

/** Writes the rights into the caller's own policy, for the purposes of its mode and no other. */
export function grantKeyAccess({ key, mode }: KeyAccess, grantee: IGrantable): void {
  for (const { actions, purposes } of rights[mode]) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:purpose': purposes } },
      }),
    );
  }
}
