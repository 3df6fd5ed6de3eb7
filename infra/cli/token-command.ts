import type { JWTPayload } from 'jose';
import { document } from '../../shared/contract/registry/document.ts';
import { bureau, bureauNames } from '../../shared/contract/registry/source.ts';
import type { Document } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { CommandError } from '../command-error.ts';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../local/credentials/development-issuer.ts';
import { readFeedKey } from '../local/credentials/feed-keys.ts';
import { localDataDirectory } from '../local/data-files.ts';
import { personaNamed } from '../local/sample/personas.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';

const staffRoles = ['operator', 'policy-editor', 'policy-approver'];
const sources = bureauNames.join(' | ');

const usage = `Usage: npm run -s token -- <who> [options]

Prints a credential for the platform of this machine (npm start), and nothing else:

  resident <persona>           a sample resident's token (the README lists them); for another person,
                               resident with --document-type and --number
  clerk                        a clerk's; with --district (510107) and --post (window-1)
  ${staffRoles.join(' | ')}
                               that of staff; roles joined by commas make one token
  feed <source>                the API key of a bureau's feed:
                               ${sources}

  --subject <id>               another sub than development-<who>
  --minutes <n>                how long the token is good: 1 to 720 (default 60)
  --data <dir>                 the folder that npm start was given (default .local)

  curl -H "Authorization: Bearer $(npm run -s token -- clerk)" …
  curl -H "Authorization: ApiKey $(npm run -s token -- feed housing)" …`;

/**
 * What `npm run token` prints: a credential, or how to ask for one.
 *
 * @throws CommandError when it is asked for what there is not.
 */
export async function tokenCommand(args: readonly string[]): Promise<string> {
  const { values, positionals } = commandLine(args);
  const [who, operand, ...rest] = positionals;
  if (values.help || who === undefined) return usage;
  if (rest.length > 0 || (operand !== undefined && who !== 'feed' && who !== 'resident')) {
    throw misused('token', `What is ${rest[0] ?? operand}?`);
  }
  return who === 'feed' ? feedKey(operand, values.data) : token(who, operand, values);
}

type Options = ReturnType<typeof commandLine>['values'];

function commandLine(args: readonly string[]) {
  return parseCommandLine('token', {
    args: [...args],
    allowPositionals: true,
    options: {
      'document-type': { type: 'string', default: 'resident-id' },
      number: { type: 'string' },
      district: { type: 'string', default: '510107' },
      post: { type: 'string', default: 'window-1' },
      subject: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      data: { type: 'string', default: localDataDirectory },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function feedKey(source: string | undefined, data: string): string {
  const named = bureau.safeParse(source);
  if (!named.success) throw misused('token', `Name a source: ${sources}.`);
  const key = readFeedKey(data, named.data);
  if (key === null) throw new CommandError('npm start makes the keys of the feeds: start it once.');
  return key;
}

async function token(who: string, persona: string | undefined, options: Options): Promise<string> {
  const minutes = Number(options.minutes);
  if (!/^\d+$/.test(options.minutes) || minutes < 1 || minutes > 720) {
    throw misused('token', '--minutes is a number from 1 to 720.');
  }
  const subject = options.subject ?? `development-${persona ?? who}`;
  const claims = { sub: subject, ...claimsOf(who, persona, options) };
  const issuer = who === 'resident' ? developmentIssuers.residents : developmentIssuers.staff;
  return new DevelopmentIssuer(options.data).sign(issuer, claims, minutes);
}

function claimsOf(who: string, persona: string | undefined, options: Options): JWTPayload {
  if (who === 'resident') {
    const held = persona === undefined ? documentOf(options) : documentOfPersona(persona, options);
    return { acr: developmentAssurance, id_document: held };
  }
  if (who === 'clerk') return { roles: ['clerk'], district: options.district, post: options.post };
  const roles = who.split(',');
  if (!roles.every((role) => staffRoles.includes(role)))
    throw misused('token', `There is nobody called ${who}.`);
  return { roles };
}

function documentOfPersona(name: string, { number }: Options): Document {
  if (number !== undefined) throw misused('token', 'Name a persona or a --number, not both.');
  const persona = personaNamed(name);
  if (persona === null) throw misused('token', `There is no persona ${name}; the README lists them.`);
  return persona.document;
}

function documentOf({ 'document-type': type, number }: Options): Document {
  const result = document.safeParse({ type, number });
  if (!result.success)
    throw misused('token', 'Name a persona, or a document: --document-type resident-id --number …');
  // What the authorizer would refuse is better said here. The fault's text repeats nothing of the number.
  const { fault } = normaliseDocument(result.data);
  if (fault !== undefined) throw new CommandError(`--number: ${fault.detail.en}`);
  return result.data;
}
