import type { Review } from '../../shared/domain/reviews/review.ts';

/** A request of its own for each number, all of one resident unless told otherwise. */
export function sampleReview(number: number, over: Partial<Review> = {}): Review {
  return {
    id: `rv_${String(number).padStart(32, '0')}`,
    residentId: `rs_${'c'.repeat(22)}`,
    district: '510107',
    decisionId: null,
    services: ['legal.aid'],
    asOf: '2024-06-01',
    ground: 'facts-wrong',
    receivedAt: new Date(Date.parse('2024-06-01T04:00:00.000Z') + number).toISOString(),
    fingerprint: `sha256:${'0'.repeat(64)}`,
    state: 'received',
    reviewer: null,
    endedAt: null,
    result: null,
    resultDecisionId: null,
    ...over,
  };
}
