import type { PartnerPurpose } from '../../contract/partner/purpose.ts';

/** What a resident allowed one third party to be told, for one purpose. */
export interface Consent {
  /** `cn_…` */
  readonly id: string;
  readonly partner: string;
  readonly services: readonly string[];
  readonly purpose: PartnerPurpose;
  /** The last civil day (`YYYY-MM-DD`) it holds, that day included. */
  readonly until: string;
  /** RFC 3339, UTC. */
  readonly givenAt: string;
  /** From this instant on it holds no more; null: it was not withdrawn. */
  readonly withdrawnAt: string | null;
}

/** Whether a consent holds on a civil day (`YYYY-MM-DD`; they sort as text). */
export function isActive({ withdrawnAt, until }: Consent, today: string): boolean {
  return withdrawnAt === null && today <= until;
}

/** What a third party wants to be told, and what for. */
export interface Asked {
  readonly partner: string;
  readonly service: string;
  readonly purpose: PartnerPurpose;
}

/** Whether a consent that holds on a day covers what is asked. */
export function covers(consent: Consent, { partner, service, purpose }: Asked, today: string): boolean {
  return (
    isActive(consent, today) &&
    consent.partner === partner &&
    consent.purpose === purpose &&
    consent.services.includes(service)
  );
}
