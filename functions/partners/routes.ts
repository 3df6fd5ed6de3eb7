import type { OperationInput, Operations, Reply } from '../../shared/http/exchange.ts';
import { Allowance } from './allowance.ts';
import { decisionIdOf, type PartnersDependencies, termsOf } from './asking.ts';
import { createChecks } from './create-checks.ts';
import { heldBack } from './held-back.ts';
import { makeCheck } from './make-check.ts';
import { readCheck } from './read-check.ts';

/** What third parties ask. Every answer is held back, those that refuse too. */
export function partnersOperations(dependencies: PartnersDependencies): Operations<'partners'> {
  const { pace } = dependencies;
  return {
    createPartnerCheck: (input) => heldBack(pace, () => createCheck(input, dependencies)),
    createPartnerChecks: (input) => heldBack(pace, () => createChecks(input, dependencies)),
  };
}

async function createCheck(
  { body, caller, idempotencyKey, operationId }: OperationInput<'createPartnerCheck'>,
  dependencies: PartnersDependencies,
): Promise<Reply> {
  const terms = await termsOf(caller, dependencies);
  const check = await readCheck(body, '', idempotencyKey, dependencies);
  const decisionId = decisionIdOf(caller, operationId, idempotencyKey, dependencies);
  const asked = { ids: [decisionId], repeatable: idempotencyKey !== null };
  const allowance = await Allowance.take(dependencies, caller.partner, terms, asked);
  const isRepeated = allowance.admissions[0] === 'seen';
  const asking = { caller, terms, allowance, decisionId, isRepeated, operationId };
  const { answer, replayed } = await makeCheck(check, asking, dependencies);
  const headers = { ...allowance.headers, ...(replayed && { 'Idempotent-Replayed': 'true' }) };
  return { status: 201, body: answer, headers };
}
