import { describe, expect, it } from 'vitest';
import { callers } from '../../../shared/contract/caller.ts';
import type { Door } from '../../../shared/contract/door.ts';
import type { Route } from '../../../shared/contract/route.ts';
import { readCaller } from '../../../shared/http/read-caller.ts';
import { proxyEvent } from '../../support/proxy-event.ts';

const said = {
  resident: { kind: 'resident', subject: 'u-1', documentType: 'resident-id', documentNumber: 'n' },
  counter: { kind: 'clerk', subject: 'c-1', district: '510107', post: 'window-3' },
  partner: { kind: 'partner', partner: 'p-1', key: 'k-1' },
  registry: { kind: 'feed', source: 'public-security', key: 'k-2' },
  admin: { kind: 'staff', subject: 's-1', roles: 'operator' },
} as const;
const doors = Object.keys(callers) as Exclude<Door, 'public'>[];
const read = (door: Door, authorizer?: Record<string, unknown>) =>
  readCaller({ door } as Route, proxyEvent({ resource: '/v1/x', ...(authorizer && { authorizer }) }));

describe('readCaller', () => {
  it.each(doors)('takes the caller of the %s door, without what the gateway adds', (door) => {
    expect(read(door, { ...said[door], principalId: 'x', integrationLatency: 3 })).toEqual(said[door]);
  });

  it.each(doors)('refuses every other kind of caller at the %s door', (door) => {
    for (const other of doors.filter((each) => each !== door)) {
      expect(() => read(door, said[other])).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });

  it.each(doors)('lets nobody through the %s door where no authorizer has spoken', (door) => {
    expect(() => read(door)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it('knows nobody on the public door, whatever is said', () => {
    expect(read('public', said.admin)).toBeNull();
  });
});
