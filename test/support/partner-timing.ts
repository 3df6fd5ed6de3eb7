import { setTimeout } from 'node:timers/promises';
import { eventOn } from '../unit/register/events.ts';
import { cityPack } from './city-pack.ts';
import type { TestDynamoDb } from './dynamodb.ts';
import { partnerApi } from './partner-api.ts';
import { rankTest } from './rank-test.ts';
import { sampleDocument } from './register.ts';

/** The three kinds of check that must take the same time, besides one that is answered. */
export const timedCases = ['unknown', 'no-consent', 'out-of-scope'] as const;
export type TimedCase = (typeof timedCases)[number];

export interface TimingOptions {
  /** Samples in all, over the three cases. */
  readonly samples: number;
  /** Checks in flight at a time. */
  readonly inFlight: number;
  /** Milliseconds of the floor; that of the product when absent. */
  readonly floor: number;
  /** More milliseconds that consents of somebody who is registered take to be read. */
  readonly slowerWhereKnown?: number;
}

/** Milliseconds each check took, by case, on this machine's own clock and an embedded DynamoDB. */
export async function timeChecks(
  dynamoDb: TestDynamoDb,
  { samples, inFlight, floor, slowerWhereKnown = 0 }: TimingOptions,
): Promise<Record<TimedCase, number[]>> {
  const clock = () => performance.now();
  const api = await partnerApi({
    client: dynamoDb.client,
    packs: [cityPack()],
    defaultPolicy: 'city',
    pace: { clock, sleep: setTimeout, floor },
  });
  await api.agree();
  const known = sampleDocument(1);
  const consenting = sampleDocument(2);
  for (const document of [known, consenting]) {
    await api.residents.append(document, [
      eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
    ]);
  }
  await api.consent({}, consenting);
  if (slowerWhereKnown > 0) {
    const listOf = api.consents.listOf.bind(api.consents);
    api.consents.listOf = async (by) => {
      if (by !== null) await setTimeout(slowerWhereKnown);
      return listOf(by);
    };
  }
  const about = { services: ['legal.aid'], purpose: 'legal-aid' };
  const bodies: Record<TimedCase, object> = {
    unknown: { ...about, document: sampleDocument(3) },
    'no-consent': { ...about, document: known },
    'out-of-scope': { ...about, document: consenting, services: ['documents.other'] },
  };
  const times: Record<TimedCase, number[]> = { unknown: [], 'no-consent': [], 'out-of-scope': [] };
  // Code and caches are warm before it counts.
  for (const name of timedCases) for (let n = 0; n < 5; n++) await api.check(bodies[name]);
  let begun = 0;
  const lane = async () => {
    while (begun < samples) {
      const name = timedCases[begun++ % timedCases.length]!;
      const started = clock();
      const { status } = await api.check(bodies[name]);
      if (status !== 201) throw new Error(`A check was answered ${status}.`);
      times[name].push(clock() - started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return times;
}

/** How likely each two of the cases differ as they do by chance alone. */
export function pairwise(times: Record<TimedCase, number[]>): Record<string, number> {
  const [a, b, c] = timedCases;
  const pairs = [
    [a, b],
    [a, c],
    [b, c],
  ] as const;
  return Object.fromEntries(
    pairs.map(([one, other]) => [`${one} / ${other}`, rankTest(times[one], times[other])]),
  );
}
