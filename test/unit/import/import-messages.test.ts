import { describe, expect, it } from 'vitest';
import type { ImportBucket } from '../../../functions/import/import-bucket.ts';
import { importMessages } from '../../../functions/import/import-messages.ts';
import type { RecordedEvent } from '../../../functions/record-events/record-events.ts';
import { lambdaContext } from '../../support/proxy-event.ts';
import { recordingObservers } from '../../support/recording-log.ts';

class MemoryBucket implements ImportBucket {
  readonly objects = new Map<string, string>();

  async read(key: string) {
    const text = this.objects.get(key);
    if (text === undefined) return null;
    return (async function* () {
      yield Buffer.from(text);
    })();
  }

  async write(key: string, text: string) {
    this.objects.set(key, text);
  }
}

const event = (id: string) => JSON.stringify({ eventId: id });
const notice = (key: string) => JSON.stringify({ Records: [{ s3: { object: { key, versionId: 'v1' } } }] });

/** The handler on a bucket and a register in memory; `remaining` tells the time left at each question. */
function setUp(remaining: () => number = () => 900_000, pause = async () => {}) {
  const bucket = new MemoryBucket();
  const stored: string[] = [];
  const { log, messages } = recordingObservers();
  const record = async (
    events: readonly unknown[],
    source: string,
  ): Promise<Pick<RecordedEvent, 'eventId' | 'outcome' | 'errors'>[]> =>
    events.map((sent) => {
      const { eventId } = sent as { eventId: string };
      if (eventId.startsWith('bad')) {
        const errors = [{ pointer: '/x', code: 'bad-format', detail: 'd' }];
        return { eventId, outcome: 'rejected', errors };
      }
      if (eventId.startsWith('silent')) return { eventId, outcome: 'failed', errors: [] };
      if (eventId.startsWith('down')) throw new Error('the register is down');
      stored.push(`${source} ${eventId}`);
      return { eventId, outcome: 'applied', errors: [] };
    });
  const handle = importMessages({ bucket, record, pause, log });
  const deliver = (...bodies: string[]) =>
    handle({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) } as never, {
      ...lambdaContext(),
      getRemainingTimeInMillis: remaining,
    });
  return { bucket, stored, messages, deliver };
}

describe('files dropped into the bucket', () => {
  it('are imported as what the bureau of their folder sent, with a report of what was refused', async () => {
    const { bucket, stored, deliver } = setUp();
    bucket.objects.set(
      'incoming/public-security/a b.ndjson',
      `${event('e1')}\n${event('bad')}\n${event('e2')}\n`,
    );
    expect(await deliver(notice('incoming/public-security/a+b.ndjson'))).toEqual({ batchItemFailures: [] });
    expect(stored).toEqual(['public-security e1', 'public-security e2']);
    expect(bucket.objects.get('reports/public-security/a b.ndjson/v1/000000000000.ndjson')).toBe(
      `${JSON.stringify({ line: 2, eventId: 'bad', errors: [{ pointer: '/x', code: 'bad-format', detail: 'd' }] })}\n`,
    );
  });

  it('are read by the mapping of the bureau where they are tables', async () => {
    const { bucket, stored, deliver } = setUp();
    bucket.objects.set('incoming/social-insurance/x.CSV', '编号\ne7\n');
    bucket.objects.set(
      'mappings/social-insurance.json',
      JSON.stringify({ events: [{ event: { eventId: { column: '编号' } } }] }),
    );
    await deliver(notice('incoming/social-insurance/x.CSV'));
    expect(stored).toEqual(['social-insurance e7']);
  });

  it('fail where no row of a table fits its mapping, and name the rows where only some do not', async () => {
    const { bucket, stored, messages, deliver } = setUp();
    bucket.objects.set(
      'mappings/housing.json',
      JSON.stringify({
        events: [{ when: { column: '业务', equals: '签约' }, event: { eventId: { column: '编号' } } }],
      }),
    );
    bucket.objects.set('incoming/housing/none.csv', '编号,业务\ne1,secret\ne2,secret\n');
    bucket.objects.set('incoming/housing/some.csv', '编号,业务\ne1,签约\ne2,secret\n');
    bucket.objects.set('incoming/housing/empty.csv', '编号,业务\n');
    const orders = ['none', 'some', 'empty'].map((name) => notice(`incoming/housing/${name}.csv`));
    expect(await deliver(...orders)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(stored).toEqual(['housing e1']);
    expect(messages).toMatchObject([
      { name: 'fileNotImported', fields: { errorName: 'NoRowFits' } },
      { name: 'fileImported', fields: { lines: 2, applied: 1, eventless: 1, eventlessLines: [3] } },
      { name: 'fileImported', fields: { lines: 0, eventless: 0 } },
    ]);
    expect(JSON.stringify(messages)).not.toContain('secret');
  });

  it('are gone on with where time ran out, each line once', async () => {
    const ids = Array.from({ length: 2_500 }, (_, index) =>
      index % 500 === 3 ? `bad-${index}` : `e${index}`,
    );
    const { bucket, stored, deliver } = setUp(() => 1_000);
    bucket.objects.set('incoming/public-security/x.ndjson', `${ids.map(event).join('\n')}\n`);
    let order = 'incoming/public-security/x.ndjson';
    for (let run = 0; run < 4; run++) {
      await deliver(notice(order));
      const word = [...bucket.objects.keys()].filter((key) => key.startsWith('continue/')).sort()[run];
      if (word === undefined) break;
      order = word;
    }
    expect(stored).toHaveLength(2_495);
    expect(new Set(stored).size).toBe(2_495);
    const reports = [...bucket.objects].filter(([key]) => key.startsWith('reports/')).map(([, text]) => text);
    expect(
      reports
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).line),
    ).toEqual([4, 504, 1004, 1504, 2004]);
  });

  it('are gone on with behind what was done when the register no longer answers, and fail when nothing was', async () => {
    const ids = Array.from({ length: 1_500 }, (_, index) => (index === 1_200 ? 'silent' : `e${index}`));
    const { bucket, messages, deliver } = setUp();
    bucket.objects.set('incoming/public-security/x.ndjson', `${ids.map(event).join('\n')}\n`);
    expect((await deliver(notice('incoming/public-security/x.ndjson'))).batchItemFailures).toEqual([]);
    const [word = ''] = [...bucket.objects.keys()].filter((key) => key.startsWith('continue/'));
    expect(JSON.parse(bucket.objects.get(word)!)).toMatchObject({ line: 1_000 });
    expect(messages.at(-1)).toMatchObject({
      name: 'fileImported',
      fields: { lines: 1_000, finished: false, errorName: 'ImportInterrupted' },
    });
    expect((await deliver(notice(word))).batchItemFailures).toHaveLength(1);
    expect(messages.at(-1)).toMatchObject({ name: 'fileNotImported' });
  });

  it('do not wait for a register that does not answer when there is no time left to', async () => {
    let pauses = 0;
    const { bucket, deliver } = setUp(
      () => 1_000,
      async () => {
        pauses++;
      },
    );
    bucket.objects.set('incoming/public-security/x.ndjson', event('silent'));
    expect((await deliver(notice('incoming/public-security/x.ndjson'))).batchItemFailures).toHaveLength(1);
    expect(pauses).toBe(0);
  });

  it('fail by themselves: the other messages of the batch are done, and no log line has a name or a value', async () => {
    const { bucket, stored, messages, deliver } = setUp();
    bucket.objects.set('incoming/public-security/down.ndjson', event('down-secret'));
    bucket.objects.set('incoming/public-security/fine.ndjson', event('e1'));
    bucket.objects.set('incoming/public-securty/fine.ndjson', event('e2'));
    const answer = await deliver(
      notice('incoming/public-security/down.ndjson'),
      notice('incoming/public-security/not-there.ndjson'),
      notice('elsewhere/fine.ndjson'),
      notice('incoming/public-securty/fine.ndjson'),
      'no json',
      notice('incoming/public-security/table.csv'),
      notice('incoming/public-security/fine.ndjson'),
      JSON.stringify({ Event: 's3:TestEvent' }),
    );
    const failed = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    expect(failed).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
    expect(stored).toEqual(['public-security e1']);
    expect(JSON.stringify(messages)).not.toMatch(/secret|ndjson/);
    expect(messages.filter(({ name }) => name === 'fileNotImported')).toHaveLength(6);
  });
});
