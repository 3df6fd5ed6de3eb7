import { type CostLine, type MakeLine, secondsLine } from './cost-line.ts';
import type { Inventory } from './inventory.ts';
import { anchoring, load } from './load.ts';

/** What is paid without a single call. */
export function fixedLines(inventory: Inventory, line: MakeLine): CostLine[] {
  const { keys, webAcls, webAclRules, compositeAlarms } = inventory;
  const anchorSeconds = anchoring.runsAMonth * load.anchorSeconds.value;
  return [
    line(
      'kmsKey',
      'KMS keys',
      keys.count + 2 * keys.rotated,
      'keys',
      `${keys.count} keys and 2 earlier versions of the ${keys.rotated} that rotate, from the second year on`,
    ),
    line('alarm', 'Alarms', inventory.alarmMetrics, 'metrics', 'metrics that alarms watch'),
    ...(compositeAlarms > 0
      ? [line('compositeAlarm', 'Composite alarms', compositeAlarms, 'alarms', 'in the templates')]
      : []),
    line('dashboard', 'Dashboards', inventory.dashboards, 'dashboards', 'in the templates'),
    line('customMetric', 'Metrics of our own', load.customMetrics.value, 'metrics', 'stated'),
    secondsLine(
      inventory,
      'anchor',
      anchorSeconds,
      'Anchoring, running',
      line,
      `${anchoring.runsAMonth} runs × ${load.anchorSeconds.value} s`,
    ),
    line(
      'objectPut',
      'Anchoring, objects',
      anchoring.runsAMonth * anchoring.objects,
      'requests',
      `${anchoring.runsAMonth} runs × ${anchoring.objects}`,
    ),
    line(
      'kmsSignature',
      'Anchoring, signatures',
      anchoring.runsAMonth * anchoring.signatures,
      'requests',
      `${anchoring.runsAMonth} runs × ${anchoring.signatures}`,
    ),
    ...(webAcls > 0
      ? [
          line('webAcl', 'Web ACLs', webAcls, 'ACLs', 'in the templates'),
          line('webAclRule', 'Rules of web ACLs', webAclRules, 'rules', 'in the templates'),
        ]
      : []),
  ];
}
