import type { PartnerPurpose } from '../../contract/partner/purpose.ts';
import type { PartnerTerms } from '../partners/partner-terms.ts';
import { type Consent, covers } from './consent.ts';

/** What a third party asks, under which terms, and what the person has consented to. */
export interface PartnerQuestion {
  readonly partner: string;
  readonly terms: PartnerTerms;
  readonly services: readonly string[];
  readonly purpose: PartnerPurpose;
  /** The one consent to rely on; null: any. */
  readonly consentId: string | null;
  readonly consents: readonly Consent[];
  /** The civil day (`YYYY-MM-DD`) it is: consents hold today or not at all, whatever day is asked about. */
  readonly today: string;
}

/** What may be answered, and the consents it rests on; none where the law asks the partner to find out (PIPL art. 13). */
export interface Answerable {
  readonly services: ReadonlySet<string>;
  readonly consents: readonly string[];
}

/** The services that a third party may be told about: those of its terms, for a purpose of its terms, with consent where it needs one. */
export function answerableServices(question: PartnerQuestion): Answerable {
  const { partner, terms, services, purpose, consentId, consents, today } = question;
  if (!terms.purposes.includes(purpose)) return { services: new Set(), consents: [] };
  const agreed = services.filter((service) => terms.services === null || terms.services.includes(service));
  if (terms.lawfulBasis === 'statutory-duty') return { services: new Set(agreed), consents: [] };
  const chosen = consents.filter(({ id }) => consentId === null || id === consentId);
  const covered = agreed.flatMap((service) => {
    const consent = chosen.find((each) => covers(each, { partner, service, purpose }, today));
    return consent === undefined ? [] : [{ service, id: consent.id }];
  });
  return {
    services: new Set(covered.map(({ service }) => service)),
    consents: [...new Set(covered.map(({ id }) => id))],
  };
}
