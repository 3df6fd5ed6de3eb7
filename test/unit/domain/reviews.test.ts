import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MoveRefusal,
  moved,
  type Review,
  type ReviewMove,
} from '../../../shared/domain/reviews/review.ts';
import { sampleReview } from '../../support/sample-review.ts';

const at = '2024-06-02T04:00:00.000Z';
const ours = { subject: 'clerk-7', district: '510107', post: 'window-3' };
const other = { ...ours, subject: 'clerk-8' };
const take = { to: 'in-review', reviewer: ours } as const;
const takeByOther = { to: 'in-review', reviewer: other } as const;
const conclude = {
  to: 'concluded',
  reviewer: ours,
  result: 'upheld',
  resultDecisionId: null,
  at,
} as const;
const withdraw = { to: 'withdrawn', at } as const;

/** What stands after moves that must all succeed. */
const after = (...moves: readonly ReviewMove[]): Review =>
  moves.reduce<Review>((review, move) => {
    const next = moved(review, move);
    if (typeof next === 'string') throw new TypeError(next);
    return next;
  }, sampleReview(1));

const received = after();
const inReview = after(take);
const concluded = after(take, conclude);
const withdrawn = after(withdraw);

describe('a review', () => {
  it.each<[string, Review, ReviewMove, Partial<Review> | MoveRefusal]>([
    ['received, is taken', received, take, { state: 'in-review', reviewer: ours, endedAt: null }],
    ['received, is not concluded', received, conclude, 'not-taken'],
    ['received, is withdrawn', received, withdraw, { state: 'withdrawn', endedAt: at, reviewer: null }],
    ['in review, is not taken by another', inReview, takeByOther, 'taken'],
    ['in review, is not concluded by another', inReview, { ...conclude, reviewer: other }, 'taken'],
    ['in review, is concluded', inReview, conclude, { state: 'concluded', endedAt: at, result: 'upheld' }],
    ['in review, is withdrawn', inReview, withdraw, { state: 'withdrawn', endedAt: at, reviewer: ours }],
    ['concluded, is not taken', concluded, take, 'ended'],
    ['concluded, is not concluded otherwise', concluded, { ...conclude, result: 'corrected' }, 'ended'],
    ['concluded, is not concluded by another', concluded, { ...conclude, reviewer: other }, 'taken'],
    ['concluded, is not withdrawn', concluded, withdraw, 'ended'],
    ['withdrawn, is not taken', withdrawn, take, 'ended'],
    ['withdrawn, is not concluded', withdrawn, conclude, 'ended'],
  ])('%s', (_, review, move, expected) => {
    const next = moved(review, move);
    if (typeof expected === 'string') expect(next).toBe(expected);
    else expect(next).toEqual({ ...review, ...expected });
  });

  it.each([
    ['taken', inReview, take],
    ['taken at another window', inReview, { ...take, reviewer: { ...ours, post: 'window-4' } }],
    ['concluded', concluded, { ...conclude, at: '2024-06-03T00:00:00.000Z' }],
    ['withdrawn', withdrawn, { ...withdraw, at: '2024-06-03T00:00:00.000Z' }],
  ] as const)('that is %s once more stays what it is', (_, review, move) => {
    expect(moved(review, move)).toBe(review);
  });

  it('never leaves an end, never changes hands, and has a result only when concluded', () => {
    const move = fc.constantFrom<ReviewMove>(
      take,
      takeByOther,
      conclude,
      { ...conclude, reviewer: other },
      { ...conclude, result: 'corrected' },
      withdraw,
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let review = received;
        for (const each of moves) {
          const next = moved(review, each);
          if (typeof next === 'string') continue;
          if (review.endedAt !== null) expect(next).toBe(review);
          if (review.reviewer !== null) expect(next.reviewer?.subject).toBe(review.reviewer.subject);
          expect(next.result === null).toBe(next.state !== 'concluded');
          expect(next.endedAt === null).toBe(next.state === 'received' || next.state === 'in-review');
          review = next;
        }
      }),
    );
  });
});
