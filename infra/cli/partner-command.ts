import { doorOfKind } from '../../shared/contract/caller.ts';
import { partnerPurpose } from '../../shared/contract/partner/purpose.ts';
import { lawfulBasis, partnerId, partnerTerms } from '../../shared/contract/partner/terms.ts';
import { bureau, bureauNames } from '../../shared/contract/registry/source.ts';
import { type Scope, scopesOfDoor } from '../../shared/contract/scopes.ts';
import { createPartner } from '../../shared/domain/partners/manage-partners.ts';
import {
  isLive,
  type KeyOwner,
  type KeySummary,
  maxLiveKeys,
  type PartnerStore,
} from '../../shared/domain/partners/partner-store.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import { isInAnyVersion } from '../../shared/domain/policy/policy-history.ts';
import { keyEnvironments } from '../../shared/security/api-keys/api-key.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { issueKey, maxKeyDays } from '../../shared/security/api-keys/issue-key.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { ownerId } from '../../shared/stores/dynamodb/partner-items.ts';
import { authorizerCacheSeconds } from '../authorizer-cache.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { keyFileIn, localDataDirectory } from '../local/data-files.ts';
import { readPacks } from '../local/read-packs.ts';
import { policiesDirectory } from '../policies-directory.ts';
import { type OpenTables, withTables } from './open-tables.ts';
import type { Output } from './output.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';

const usage = `Usage: npm run -s partner -- <command>

  create partner|feed <id> --name <text>   a new holder of keys: a third party, or a bureau's feed
                                           (${bureauNames.join(', ')})
  terms <partner id> [options]             what is agreed with a third party, in the place of what was
  key partner|feed <id> [options]          a new key for it, printed once and kept nowhere
  revoke <key id>                          ends a key (ak_…), for good; in force within ${authorizerCacheSeconds} s
  list                                     who has which keys, and when each was used last

Options of terms, and of create for a third party (without them it may ask nothing yet):
  --purposes <a,b>       what it may ask for (${partnerPurpose.options.join(', ')})
  --basis <name>         on what ground: ${lawfulBasis.options.join(' or ')}
  --services <a,b>       which services it may ask about (default: all)
  --checks-a-day <n>     how many checks a day
  --persons-a-day <n>    about how many persons a day

Options of key:
  --scopes <a,b>         what it may be used for
                         (partner: ${scopesOfDoor('partner').join(', ')}; feed: ${scopesOfDoor('registry').join(', ')}; all of them when absent)
  --from <cidr,cidr>     the networks it may be used from (default: any)
  --days <n>             how long it lives: 1 to ${maxKeyDays} (default ${maxKeyDays})
  --environment <name>   live or test; on this machine all keys are test keys

  --data <dir>           the folder that npm start was given (default .local)

Works on the platform of this machine, started or not; on another DynamoDB that DYNAMODB_ENDPOINT names; or on AWS
with PARTNERS_TABLE and CREDENTIALS_KEY_ID (outputs of the data stack).`;

/** What every command is given. */
interface Invocation {
  readonly operands: readonly string[];
  readonly options: Options;
  readonly store: PartnerStore;
  readonly agreed: DynamoPartnerTerms;
  readonly opened: OpenTables;
  readonly environment: Environment;
  readonly output: Output;
}

/**
 * `npm run partner`.
 *
 * @throws CommandError when it is asked for what cannot be; PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable.
 */
export async function partnerCommand(
  args: readonly string[],
  environment: Environment,
  output: Output,
): Promise<void> {
  const { values: options, positionals } = commandLine(args);
  const [command, ...operands] = positionals;
  if (options.help || command === undefined) return output.log(usage);
  const act = new Map(Object.entries({ create, terms, key, revoke, list })).get(command);
  if (act === undefined) throw misused('partner', `There is no command ${command}.`);
  const use = (opened: OpenTables) => {
    const table = opened.tableName('partners');
    const store = new DynamoPartnerStore(opened.client, table);
    const agreed = new DynamoPartnerTerms(opened.client, table);
    return act({ operands, options, store, agreed, opened, environment, output });
  };
  await withTables(use, ['partners'], environment, options.data);
}

type Options = ReturnType<typeof commandLine>['values'];

function commandLine(args: readonly string[]) {
  return parseCommandLine('partner', {
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      purposes: { type: 'string' },
      basis: { type: 'string' },
      services: { type: 'string' },
      'checks-a-day': { type: 'string' },
      'persons-a-day': { type: 'string' },
      scopes: { type: 'string' },
      from: { type: 'string' },
      days: { type: 'string', default: String(maxKeyDays) },
      environment: { type: 'string' },
      data: { type: 'string', default: localDataDirectory },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

async function create({ operands, options, store, agreed, output }: Invocation): Promise<void> {
  const owner = ownerOf(operands);
  // Only here: whoever has a key already can still be shown, and have it revoked.
  if (owner.kind === 'feed' && !bureau.safeParse(owner.id).success)
    throw misused('partner', `There is no bureau ${owner.id}. Name one: ${bureauNames.join(' | ')}.`);
  const { name } = options;
  if (!name || name.length > 100)
    throw misused('partner', 'Say who it is, in at most 100 characters: --name.');
  const wanted = termsIn(options);
  if (wanted !== null && owner.kind !== 'partner') throw misused('partner', 'A feed has no terms.');
  const at = new Date().toISOString();
  const outcome =
    wanted === null
      ? await store.createOwner(owner, name, at)
      : await createPartner({ id: owner.id, name, terms: wanted }, at, { partners: store, terms: agreed });
  if (outcome === 'exists') throw new CommandError(`There is a ${owner.kind} ${owner.id} already.`);
  output.log(`created  ${owner.kind} ${owner.id}`);
}

async function terms({ operands: [id, ...rest], options, agreed, output }: Invocation): Promise<void> {
  if (id === undefined || rest.length > 0) throw misused('partner', 'Say whose: terms <partner id>.');
  const wanted = termsIn(options);
  if (wanted === null)
    throw misused('partner', 'Say what is agreed: --purposes, --basis and how much a day.');
  const outcome = await agreed.setTerms(id, wanted, new Date().toISOString());
  if (outcome === 'no-such-partner') {
    throw new CommandError(`There is no partner ${id}: make it with create.`);
  }
  output.log(`agreed  ${id}`);
}

async function key(invocation: Invocation): Promise<void> {
  const { operands, options, store, output } = invocation;
  const owner = ownerOf(operands);
  const request = {
    owner,
    scopes: scopesFor(owner, options),
    ipRanges: listOf(options.from),
    days: Number(options.days),
    environment: environmentFor(invocation),
  };
  const issued = await issueKey(request, { store, hashes: hashesOf(invocation), now: Date.now() }).catch(
    (error) => {
      throw error instanceof RangeError ? misused('partner', error.message) : error;
    },
  );
  switch (issued.outcome) {
    case 'no-such-owner':
      throw new CommandError(`There is no ${owner.kind} ${owner.id}: make it with create.`);
    case 'exists':
      throw new CommandError('This key was made already.');
    case 'too-many-keys':
      throw new CommandError(`${owner.id} has ${maxLiveKeys} keys already: revoke one first.`);
    case 'added':
      // The key alone on standard output, so that it can be taken from there without being seen.
      output.log(issued.text);
      output.error(`${issued.id}, good until ${issued.expiresAt}. The key is not shown again.`);
  }
}

async function revoke({ operands: [id, ...rest], store, output }: Invocation): Promise<void> {
  if (id === undefined || rest.length > 0 || !/^ak_[0-9A-Za-z]{10}$/.test(id)) {
    // Not repeated: it may be a whole key.
    throw misused('partner', 'Name one key by its id: ak_ and ten characters.');
  }
  const outcome = await store.revokeKey(id, new Date().toISOString());
  if (outcome === 'unknown') throw new CommandError(`There is no key ${id}.`);
  output.log(
    outcome === 'revoked'
      ? `revoked  ${id}, in force within ${authorizerCacheSeconds} s`
      : `revoked before  ${id}`,
  );
}

async function list({ operands, store, agreed, output }: Invocation): Promise<void> {
  if (operands.length > 0) throw misused('partner', `What is ${operands[0]}?`);
  const owners = await store.listOwners();
  if (owners.length === 0) output.log('Nobody has a key.');
  const now = new Date().toISOString();
  for (const { kind, id, name, keys } of owners) {
    output.log(`${kind} ${id}  ${name}`);
    if (kind === 'partner') output.log(`  ${termsLine(await agreed.termsOf(id))}`);
    for (const summary of keys) output.log(`  ${await keyLine(summary, store, now)}`);
  }
}

async function keyLine(summary: KeySummary, store: PartnerStore, now: string): Promise<string> {
  const { id, expiresAt, revokedAt } = summary;
  if (revokedAt !== null) return `${id}  revoked ${day(revokedAt)}`;
  if (!isLive(summary, now)) return `${id}  expired ${day(expiresAt)}`;
  const known = await store.findKey(id);
  const from = known?.ipRanges.length ? `  from ${known.ipRanges.join(' ')}` : '';
  return `${id}  good until ${day(expiresAt)}  ${known?.scopes.join(' ')}${from}  last used ${known?.lastUsedOn ?? 'never'}`;
}

function termsLine(terms: PartnerTerms | null): string {
  if (terms === null) return 'no terms: nothing may be asked';
  const { services, purposes, lawfulBasis: basis, checksADay, personsADay } = terms;
  return `${services?.join(' ') ?? 'all services'}  for ${purposes.join(' ')}  by ${basis}  ${checksADay} checks and ${personsADay} persons a day`;
}

/** The terms the options say; null where they say nothing of them. */
function termsIn(options: Options): PartnerTerms | null {
  const { purposes, basis, services, 'checks-a-day': checks, 'persons-a-day': persons } = options;
  if ([purposes, basis, services, checks, persons].every((option) => option === undefined)) return null;
  const { data, error } = partnerTerms.safeParse({
    services: services === undefined ? null : listOf(services),
    purposes: listOf(purposes),
    lawfulBasis: basis,
    checksADay: Number(checks),
    personsADay: Number(persons),
  });
  if (error === undefined) {
    expectKnown(data.services ?? []);
    return data;
  }
  const faults = new Set(error.issues.map(({ path: [member = ''] }) => optionOf[String(member)]));
  throw misused('partner', `These are not as they must be: ${[...faults].join(', ')}.`);
}

/** A service there is not would be undetermined for ever, as what may not be said is: a slip of the pen nobody is told of. */
function expectKnown(services: readonly string[]): void {
  if (services.length === 0) return;
  const { histories } = readPacks(policiesDirectory);
  const policies = [...histories.values()];
  const unknown = services.filter((code) => !policies.some((policy) => isInAnyVersion(policy, code)));
  if (unknown.length > 0) throw new CommandError(`No policy has a service ${unknown.join(', ')}.`);
}

const optionOf: Readonly<Record<string, string>> = {
  services: '--services',
  purposes: '--purposes',
  lawfulBasis: '--basis',
  checksADay: '--checks-a-day',
  personsADay: '--persons-a-day',
};

function day(instant: string): string {
  return instant.slice(0, 10);
}

function ownerOf([kind, id, ...rest]: readonly string[]): KeyOwner {
  if ((kind !== 'partner' && kind !== 'feed') || id === undefined || rest.length > 0) {
    throw misused('partner', 'Say whose: partner <id> or feed <source>.');
  }
  if (!(kind === 'partner' ? partnerId : ownerId).safeParse(id).success) {
    throw misused(
      'partner',
      'An id has small letters, digits (a partner at most 6 in a row) and hyphens, at most 32.',
    );
  }
  return { kind, id };
}

function scopesFor({ kind }: KeyOwner, { scopes }: Options): Scope[] {
  const known = scopesOfDoor(doorOfKind[kind]);
  if (scopes === undefined) return known;
  return listOf(scopes).map((scope) => {
    const found = known.find((candidate) => candidate === scope);
    if (found === undefined) throw misused('partner', `A ${kind} cannot be given the scope ${scope}.`);
    return found;
  });
}

function environmentFor({ options, opened: { local } }: Invocation) {
  const wanted = options.environment ?? (local ? 'test' : undefined);
  const environment = keyEnvironments.find((candidate) => candidate === wanted);
  if (environment === undefined) throw misused('partner', 'Say --environment live or --environment test.');
  return environment;
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map((part) => part.trim());
}

function hashesOf({ opened, options, environment }: Invocation): ApiKeyHashes {
  const { client, tableName, local } = opened;
  const { CREDENTIALS_KEY_ID: kmsKeyId, KEY_FILE = keyFileIn(options.data) } = environment;
  if (!local && !kmsKeyId) {
    throw new CommandError(
      'Name the key that wraps those of the hashes (an output of the data stack): CREDENTIALS_KEY_ID',
    );
  }
  const place = local || !kmsKeyId ? { keyFile: KEY_FILE } : { kmsKeyId };
  return new ApiKeyHashes(new DynamoHashKeyStore(client, tableName('partners')), createKeyStore(place));
}
