import { describe, expect, it } from 'vitest';
import { csvMapping } from '../../../functions/import/csv-mapping.ts';
import { readCell } from '../../../functions/import/read-cell.ts';
import { CsvUnreadable, readCsv } from '../../../functions/import/read-csv.ts';

const mapping = csvMapping.parse({
  events: [
    {
      when: { column: '业务', equals: ['签注', '补签'] },
      event: {
        type: 'permit.endorsed',
        eventId: { column: '流水号' },
        occurredOn: { column: '日期', read: 'date' },
        document: { type: 'resident-id', number: { column: '证件号码' } },
      },
    },
    {
      when: { column: '业务', equals: '参保' },
      event: {
        type: 'insurance.contributed',
        eventId: { column: '流水号', prefix: 'ins-' },
        contributions: [
          { from: { column: '起', read: 'month' }, to: { column: '止', read: 'month' }, kind: 'paid' },
          { from: { column: '补起', read: 'month' }, to: { column: '补止', read: 'month' } },
        ],
        flags: {
          contract: { column: '合同', read: 'boolean' },
          sex: { column: '性别', values: { 男: 'male' } },
        },
      },
    },
  ],
});

const header = '流水号,业务,日期,证件号码,起,止,补起,补止,合同,性别';

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
}

async function read(text: string | Uint8Array, given = mapping) {
  const lines = await Array.fromAsync(readCsv(chunked(Buffer.from(text as string)), given));
  return lines.flatMap(({ line, read: events }) =>
    events().map(({ value, columnOf }) => ({ line, value, column: columnOf?.('/occurredOn') })),
  );
}

describe('readCsv', () => {
  it('makes of each line the events whose condition fits, without what is empty', async () => {
    const rows = [
      header,
      'a-1,签注,2024年3月1日,"000000189901010014",,,,,,',
      'a-2,注销,20240301,000000189901010014,,,,,,',
      '7,参保,,,202301,2023/12,,,是,男',
    ];
    expect(await read(`\ufeff${rows.join('\r\n')}\r\n`)).toEqual([
      {
        line: 2,
        column: '日期',
        value: {
          type: 'permit.endorsed',
          eventId: 'a-1',
          occurredOn: '2024-03-01',
          document: { type: 'resident-id', number: '000000189901010014' },
        },
      },
      {
        line: 4,
        column: null,
        value: {
          type: 'insurance.contributed',
          eventId: 'ins-7',
          contributions: [{ from: '2023-01', to: '2023-12', kind: 'paid' }],
          flags: { contract: true, sex: 'male' },
        },
      },
    ]);
  });

  it('reads the encoding bureaus export in', async () => {
    // 流水号,业务 / g-1,签注 in GB 18030.
    const bytes = Buffer.from('c1f7cbaebac52cd2b5cef10a672d312cc7a9d7a20a', 'hex');
    const small = csvMapping.parse({
      encoding: 'gb18030',
      events: [{ when: { column: '业务', equals: '签注' }, event: { eventId: { column: '流水号' } } }],
    });
    expect(await read(bytes, small)).toEqual([{ line: 2, value: { eventId: 'g-1' }, column: null }]);
  });

  it.each([
    ['a column is not there', '流水号\na-1\n', /has no column 业务, 日期/],
    ['a quote never ends', `${header}\n"a-1,签注`, /cannot be read/],
    ['the encoding is another one', Buffer.from([0xc1, 0xf7, 0x2c]), /not in the encoding utf-8/],
  ])('says so when %s, and repeats no cell', async (_, text, message) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(CsvUnreadable);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(/a-1/);
  });

  it('lets go of what it reads from when nobody reads on', async () => {
    let released = false;
    const bytes = (async function* () {
      try {
        for (;;) yield Buffer.from(`${header}\n1,签注\n`);
      } finally {
        released = true;
      }
    })();
    for await (const _ of readCsv(bytes, mapping)) break;
    await expect.poll(() => released).toBe(true);
  });

  it('takes a line with too few cells as one whose last cells are empty', async () => {
    expect(await read(`${header}\na-1,签注\n`)).toMatchObject([{ line: 2, value: { eventId: 'a-1' } }]);
  });
});

describe('readCell', () => {
  it.each([
    ['date', '2024-3-1', '2024-03-01'],
    ['date', '2024/03/01', '2024-03-01'],
    ['date', '20240301', '2024-03-01'],
    ['date', '2024年3月1日', '2024-03-01'],
    ['date', '2024-03-01 00:00:00', '2024-03-01'],
    ['date', '2024-02-30', '2024-02-30'],
    ['date', '1.3.2024', '1.3.2024'],
    ['month', '2024年3月', '2024-03'],
    ['month', '202403', '2024-03'],
    ['month', '3/2024', '3/2024'],
    ['integer', '12', 12],
    ['integer', '12.5', '12.5'],
    ['boolean', '是', true],
    ['boolean', 'N', false],
    ['boolean', '?', '?'],
    ['text', ' a ', 'a'],
    ['text', '  ', undefined],
  ] as const)('reads %s %j as %j', (reading, cell, expected) => {
    expect(readCell(cell, { column: 'c', read: reading })).toEqual(expected);
  });
});
