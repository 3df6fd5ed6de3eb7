import * as z from 'zod/mini';
import { callers } from '../../contract/caller.ts';
import { caseNumber, counterPurpose } from '../../contract/counter/purpose.ts';
import { decisionId } from '../../contract/decisions/decision-id.ts';
import { explain } from '../../contract/evaluation/request.ts';
import { languages } from '../../contract/language.ts';
import { consentId } from '../../contract/me/consents.ts';
import { partnerPurpose } from '../../contract/partner/purpose.ts';
import { lawfulBasis } from '../../contract/partner/terms.ts';
import { resident } from '../../contract/resident/resident.ts';
import { civilDate, digest, policyId, policyVersion, serviceCode } from '../../contract/values.ts';
import { canonicalJson } from '../digests/canonical-json.ts';
import type { Resident } from '../resident/resident.ts';

/** Whoever changes the form of a decision raises this and teaches the reader both (docs/adr/0007-decisions.md). */
export const decisionSchemaVersion = 1;

const finding = z.strictObject({ code: z.string(), pointer: z.string(), detail: z.string() });

/**
 * All that an answer is made from besides the policy: equal questions under equal versions and one engine give equal
 * bytes. No name, no number.
 */
const question = z.strictObject({
  asOf: civilDate,
  /** Null: all of the policy. */
  services: z.nullable(z.array(serviceCode)),
  explain,
  language: z.enum(languages),
  /** The facts as they were evaluated, what was shown included. */
  resident,
  /** Parts of the resident that could not be told. */
  unavailable: z.array(z.string()),
  /** Paths of the facts that were shown at a counter; null where nothing can be shown, so that nothing is marked. */
  shown: z.nullable(z.array(z.string())),
  /** What is wrong with the record, in words: shown with the findings of the evaluation. */
  findings: z.array(finding),
});

/** Who asked. A decision of another door adds its caller here. */
const caller = z.discriminatedUnion('kind', [
  z.strictObject(callers.counter.shape),
  z.strictObject(callers.partner.shape),
]);

/** On what ground a third party was answered, or was not. */
const ground = z.strictObject({
  lawfulBasis,
  /** The consents that the answer rests on. */
  consents: z.array(consentId),
  /** The services that were answered from the record; nothing was said of the others. */
  answered: z.array(serviceCode),
});

/** What was decided, with everything that is needed to decide it again, and who wanted to know it why. */
export const decisionSchema = z.strictObject({
  schemaVersion: z.literal(decisionSchemaVersion),
  id: decisionId,
  madeAt: z.iso.datetime(),
  engine: z.string().check(z.minLength(1), z.maxLength(32)),
  policy: z.strictObject({
    id: policyId,
    version: policyVersion,
    digest,
    /** Every version published then, in order of their first days: dates of change look at later versions. */
    published: z.array(z.strictObject({ version: policyVersion, digest })).check(z.minLength(1)),
  }),
  question,
  /** What the engine answered, to the byte. */
  outcome: z.string(),
  /** What the caller was answered, to the byte: what a repeated request is answered again. */
  answer: z.string(),
  caller,
  purpose: z.union([counterPurpose, partnerPurpose]),
  /** Of the office, at a counter; third parties have none. */
  caseNumber: z.nullable(caseNumber),
  /** Of third parties' decisions alone. */
  ground: z.optional(ground),
  /** Of the request as it came; tells a repeated request from another one under the same key. */
  fingerprint: digest,
});

/** The resident as the domain has one: read-only. */
export type Question = Omit<z.infer<typeof question>, 'resident'> & { readonly resident: Resident };
export type Decision = Omit<z.infer<typeof decisionSchema>, 'question'> & { readonly question: Question };
export type Finding = z.infer<typeof finding>;
export type DecisionCaller = z.infer<typeof caller>;

/** What was stored is not a decision of a form this version reads. Repeats nothing of it. */
export class DecisionUnreadable extends Error {
  constructor(options?: ErrorOptions) {
    super('The stored decision is not of a form this version reads.', options);
    this.name = 'DecisionUnreadable';
  }
}

/**
 * The canonical JSON (RFC 8785) of a decision.
 *
 * @throws DecisionUnreadable rather than write what could not be read.
 */
export function decisionText(decision: Decision): string {
  return canonicalJson(checked(decision));
}

/** @throws DecisionUnreadable */
export function readDecision(text: string): Decision {
  let decision: unknown;
  try {
    decision = JSON.parse(text);
  } catch {
    // The cause would quote the text.
    throw new DecisionUnreadable();
  }
  return checked(decision);
}

function checked(decision: unknown): Decision {
  const { data, error } = decisionSchema.safeParse(decision);
  if (error !== undefined) throw new DecisionUnreadable({ cause: error });
  return data;
}
