import type { Language } from '../../shared/contract/language.ts';
import type { PartnerCheckResults } from '../../shared/contract/partner/response.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
import { Allowance } from './allowance.ts';
import { decisionIdOf, type PartnersDependencies, termsOf } from './asking.ts';
import { heldBack } from './held-back.ts';
import { type MadeCheck, makeCheck } from './make-check.ts';
import { type ReadCheck, readItem } from './read-check.ts';

/** As many items are checked at once; each is held back by itself. */
const itemsAtOnce = 20;

type Result = PartnerCheckResults['results'][number];

/** What became of an item so far; `problem`, once it is known that it cannot be answered. */
interface Item {
  readonly check: ReadCheck | null;
  made: MadeCheck | null;
  problem: RequestProblem | null;
}

/**
 * Makes the checks of a batch, each by itself.
 *
 * @throws RequestProblem when no item could be answered for want of quota, or because nothing answered.
 */
export async function createChecks(
  { body, caller, idempotencyKey, operationId, language }: OperationInput<'createPartnerChecks'>,
  dependencies: PartnersDependencies,
): Promise<Reply> {
  const { pace } = dependencies;
  const terms = await termsOf(caller, dependencies);
  const items: Item[] = await Promise.all(
    body.items.map(async (sent, place) => {
      const reading = readItem(sent, `/items/${place}`, idempotencyKey, dependencies);
      return reading.then(
        (check): Item => ({ check, made: null, problem: null }),
        (error: unknown): Item => ({ check: null, made: null, problem: asProblem(error, dependencies) }),
      );
    }),
  );
  const readable = items.flatMap((item, place) => {
    if (item.check === null) return [];
    const key = idempotencyKey === null ? null : JSON.stringify([idempotencyKey, place]);
    return [{ item, check: item.check, decisionId: decisionIdOf(caller, operationId, key, dependencies) }];
  });
  if (readable.length === 0) return reply(items, language, {});

  const asked = { ids: readable.map(({ decisionId }) => decisionId), repeatable: idempotencyKey !== null };
  const allowance = await Allowance.take(dependencies, caller.partner, terms, asked);
  const open = readable
    .flatMap(({ item, ...rest }, n) => {
      const admission = allowance.admissions[n];
      if (admission !== 'exhausted') return [{ item, ...rest, isRepeated: admission === 'seen' }];
      item.problem = allowance.exceeded('quota-exceeded');
      return [];
    })
    .reverse();
  const worker = async () => {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { item, check, decisionId, isRepeated } = next;
      const asking = { caller, terms, allowance, decisionId, isRepeated, operationId };
      try {
        item.made = await heldBack(pace, () => makeCheck(check, asking, dependencies));
      } catch (error) {
        item.problem = asProblem(error, dependencies);
      }
    }
  };
  await Promise.all(Array.from({ length: itemsAtOnce }, worker));
  return reply(items, language, allowance.headers);
}

function asProblem(error: unknown, { log, readProblem }: PartnersDependencies): RequestProblem {
  const known = error instanceof RequestProblem ? error : readProblem(error);
  if (known !== null && known.code !== 'unavailable') return known;
  const stack = known === null ? placesOf(error) : undefined;
  log.write('partnerCheckFailed', { errorName: namesOf(known?.cause ?? error), stack });
  return known ?? new RequestProblem('internal-error', {}, { cause: error });
}

function reply(items: readonly Item[], language: Language, headers: Reply['headers']): Reply {
  // What nothing became of is best sent again whole, which every client knows to do at 503.
  if (items.every(({ problem }) => problem?.code === 'unavailable')) throw items[0]!.problem!;
  const made = items.flatMap((item) => item.made ?? []);
  const replayed = made.length > 0 && made.every((check) => check.replayed);
  return {
    status: 207,
    body: { results: items.map((item) => resultOf(item, language)) },
    headers: { ...headers, ...(replayed && { 'Idempotent-Replayed': 'true' }) },
  };
}

function resultOf({ made, problem }: Item, language: Language): Result {
  if (made !== null) return { status: 'checked', check: JSON.parse(made.answer), problem: null };
  const { code, details } = problem!;
  return {
    status: 'refused',
    check: null,
    problem: { code, errors: [...(details.errors?.(language) ?? [])] },
  };
}
