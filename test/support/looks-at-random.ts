import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { type Chooser, chance, pick } from './chooser.ts';
import { collect } from './collect.ts';
import type { FaultyClient } from './faulty-client.ts';
import { clerk, type RegisterApi, residentCaller } from './register-api.ts';

export interface LookFigures {
  /** Looks that were answered with something of a person. */
  readonly answered: number;
  /** Looks whose entry was written, and whose answer was lost with the word of it: recorded, and not answered. */
  readonly lost: number;
  /** Refused, or cut off before anything was written. */
  readonly refused: number;
}

const elsewhere = { ...clerk, district: '510104' };

/** Looks at random, and how many entries of looks came into the audit by them. */
export async function looksAndEntries(
  chooser: Chooser,
  world: { readonly api: RegisterApi; readonly faulty: FaultyClient },
  persons: readonly CanonicalDocument[],
  count: number,
): Promise<{ readonly figures: LookFigures; readonly entries: number }> {
  const { audit, clock } = world.api;
  // A day of its own: there may be entries from before.
  clock.now += 86_400_000;
  const since = new Date(clock.now).toISOString();
  const figures = await looksAtRandom(chooser, world, persons, count);
  const until = new Date(clock.now + 1).toISOString();
  const recorded = await collect(audit.list({ since, until }));
  return { figures, entries: recorded.filter(({ entry }) => entry.type === 'access').length };
}

/**
 * Asks for what is kept of persons, in every way there is, in any order, some of it wrong, with calls to the database cut
 * before or after they are carried out.
 *
 * @param persons whose records are there.
 */
async function looksAtRandom(
  chooser: Chooser,
  { api, faulty }: { readonly api: RegisterApi; readonly faulty: FaultyClient },
  persons: readonly CanonicalDocument[],
  count: number,
): Promise<LookFigures> {
  const decisions: string[] = [];
  const figures = { answered: 0, lost: 0, refused: 0 };
  for (let look = 0; look < count; look++) {
    const document = pick(chooser, persons);
    const self = { caller: residentCaller(document.number) };
    const check = {
      document,
      purpose: pick(chooser, ['application', 'advice', 'curiosity']),
      caseNumber: `C-${look}`,
      ...(chance(chooser, 20) && { services: [pick(chooser, ['legal.aid', 'no.such'])] }),
      ...(chance(chooser, 50) && { outsideDistrictReason: 'joint-service' }),
    };
    const caller = pick(chooser, [clerk, elsewhere]);
    // One in four under a key that others used: answered again, or refused.
    const headers = { 'Idempotency-Key': `k-${chooser.int(0, count * 3)}` };
    const id = decisions.length === 0 ? `dc_${'x'.repeat(32)}` : pick(chooser, decisions);
    const ask = pick(chooser, [
      () => api.me('eligibility', self),
      () => api.me('record', self),
      () => api.me('access-log', self),
      () => api.check(check, { caller, headers }),
      () => api.decision(id, { caller }),
      () => api.replay(id, { caller }),
    ]);
    faulty.reset();
    if (chance(chooser, 15)) faulty.cutAfter(chooser.int(0, 2), pick(chooser, ['before', 'after']));
    const { status, json } = await ask();
    const { lastCut } = faulty;
    faulty.reset();
    if (status === 201) decisions.push(json.checkId);
    if (status < 300) figures.answered++;
    else if (lastCut?.cut === 'after' && lastCut.command === 'TransactWriteCommand') figures.lost++;
    else figures.refused++;
    api.clock.now += chooser.int(0, 3);
  }
  return figures;
}
