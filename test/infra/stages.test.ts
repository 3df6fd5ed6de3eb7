import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { stageNamed, stages } from '../../infra/config/stages.ts';

describe('stages', () => {
  it.each(Object.values(stages))('$name lies in a region of its partition', ({ region, partition }) => {
    expect(RegionInfo.get(region).partition).toBe(partition);
  });

  it.each(Object.values(stages))('$name keeps its logs for at least 180 days', ({ logRetention }) => {
    expect(logRetention).toBeGreaterThanOrEqual(180);
  });

  it('are found by name, and dev without one', () => {
    expect(stageNamed('prod-cn')).toBe(stages['prod-cn']);
    expect(stageNamed(undefined)).toBe(stages.dev);
  });

  it.each(['staging', '', 'toString', 7])('refuse the unknown name %j and say which there are', (name) => {
    expect(() => stageNamed(name)).toThrow(/^There is no stage .*Choose one: dev, prod, prod-cn\.$/);
  });
});
