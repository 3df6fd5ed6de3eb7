import { describe, expect, it } from 'vitest';
import { evaluationRequest } from '../../../shared/contract/evaluation/request.ts';
import { describeIssues, wordFault } from '../../../shared/http/describe-issues.ts';

/** What is wrong with a body of `POST /v1/evaluations`, as `pointer code` lines. */
function faultsOf(body: unknown): string[] {
  const result = evaluationRequest.safeParse(body);
  const faults = result.success ? [] : describeIssues(result.error.issues, body, '');
  return faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('describeIssues', () => {
  it('names everything that is wrong, each with its place', () => {
    expect(
      faultsOf({
        asOf: '2024-02-30',
        explain: 'all',
        services: [],
        policy: 7,
        extra: 1,
        resident: {
          birthDate: '9999-01-01',
          household: { size: 0, annualIncome: 90_000.5, children: [{}, { birthDate: '2018-13-01' }] },
          insurance: { pension: { contributions: [{ from: '2018-3', to: '2019-01', kind: 'owed' }] } },
          permit: { status: 'valid', areaCode: 'Chengdu' },
        },
      }).sort(),
    ).toEqual(
      [
        '/asOf not-a-date',
        '/explain not-allowed-value',
        '/services too-few-items',
        '/policy wrong-type',
        '/extra unknown-field',
        '/resident/birthDate not-a-date',
        '/resident/household/size too-small',
        '/resident/household/annualIncome wrong-type',
        '/resident/household/children/0/birthDate required',
        '/resident/household/children/1/birthDate not-a-date',
        '/resident/insurance/pension/contributions/0/from not-a-month',
        '/resident/insurance/pension/contributions/0/kind not-allowed-value',
        '/resident/permit/areaCode not-an-area-code',
      ].sort(),
    );
  });

  it.each([
    [null, ' wrong-type'],
    [[], ' wrong-type'],
    ['x', ' wrong-type'],
    [{}, '/resident required'],
    [{ resident: null }, '/resident wrong-type'],
    [{ resident: { residence: null } }, '/resident/residence wrong-type'],
    [{ resident: { household: { size: JSON.parse('1e400') } } }, '/resident/household/size wrong-type'],
    [
      { resident: { household: { size: JSON.parse('9007199254740993') } } },
      '/resident/household/size too-large',
    ],
  ])('says of %j: %s', (body, fault) => {
    expect(faultsOf(body)).toEqual([fault]);
  });

  it('measures a record against the form it comes closest to', () => {
    expect(faultsOf({ resident: { residence: { periods: [{ from: 'x' }] } } })).toEqual([
      '/resident/residence/periods/0/from not-a-date',
    ]);
    expect(faultsOf({ resident: { residence: { continuousYears: '6' } } })).toEqual([
      '/resident/residence/continuousYears wrong-type',
    ]);
  });

  it('does not repeat a member name that is no field name, nor any value', () => {
    const unnamed = { '510104189901010015': 1, 张三: 1, n510104189901010015: 1, tel_13987654321: 1 };
    expect(faultsOf({ resident: unnamed })).toEqual(['/resident unknown-field']);
    const body = { resident: { birthDate: 'secret' } };
    const result = evaluationRequest.safeParse(body);
    const words = describeIssues(result.error?.issues ?? [], body, '').map((fault) => wordFault(fault, 'en'));
    expect(words).toHaveLength(1);
    expect(JSON.stringify(words)).not.toContain('secret');
  });

  it('words a fault in both languages with the bound that was crossed', () => {
    const fault = { pointer: '/a', code: 'too-large', values: { maximum: 50 } } as const;
    expect(wordFault(fault, 'zh-CN').detail).toBe('不得大于 50。');
    expect(wordFault(fault, 'en').detail).toBe('This must be at most 50.');
  });
});
