import { describe, expect, it } from 'vitest';
import { fuzzDoors } from '../support/fuzz/fuzz-doors.ts';

describe('every door', () => {
  it('answers whatever it is sent as openapi.json says (npm run check:long sends 20,000 requests)', async () => {
    const { faults, statuses, requests } = await fuzzDoors(300, 20_240_220);
    expect(faults).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(300);
    const seen = new Set(Object.values(statuses).flatMap((ofOperation) => Object.keys(ofOperation)));
    for (const status of ['200', '201', '207', '400', '401', '403', '404', '422']) {
      expect([...seen]).toContain(status);
    }
  });
});
