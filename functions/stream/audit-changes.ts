import { type AuditStore, AuditStoreUnavailable } from '../../shared/domain/audit/audit-store.ts';
import type { ChangeSubscriber } from './table-change.ts';

/** Records every change in the audit, once. */
export function auditChanges(store: AuditStore): ChangeSubscriber {
  return {
    name: 'audit',
    async take(changes) {
      await store.record(changes.map((change) => ({ type: 'change', ...change })));
    },
    isPassing: (error) => error instanceof AuditStoreUnavailable,
  };
}
