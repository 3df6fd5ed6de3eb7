import type * as z from 'zod/mini';
import { auditAnchorItemSchema } from '../../shared/stores/dynamodb/audit-anchor-items.ts';
import { auditEntryItemSchema, auditPlaceItemSchema } from '../../shared/stores/dynamodb/audit-items.ts';
import { consentItemSchema } from '../../shared/stores/dynamodb/consent-items.ts';
import { decisionItemSchema } from '../../shared/stores/dynamodb/decision-items.ts';
import {
  currentIndexKeyItemSchema,
  indexKeyItemSchema,
} from '../../shared/stores/dynamodb/index-key-items.ts';
import {
  hashKeyItemSchema,
  keyedRequestItemSchema,
  keyItemSchema,
  ownerItemSchema,
} from '../../shared/stores/dynamodb/partner-items.ts';
import {
  countedCheckItemSchema,
  noticeItemSchema,
  personItemSchema,
  termsItemSchema,
  usageShardItemSchema,
} from '../../shared/stores/dynamodb/partner-usage-items.ts';
import {
  policyDigestItemSchema,
  policyPointerItemSchema,
  policyVersionItemSchema,
} from '../../shared/stores/dynamodb/policy-items.ts';
import {
  erasedResidentItemSchema,
  erasingResidentItemSchema,
  registerEventItemSchema,
  residentKeyItemSchema,
  residentPartItemSchema,
  residentRecordItemSchema,
} from '../../shared/stores/dynamodb/resident-items.ts';
import { reviewItemSchema, reviewPlaceItemSchema } from '../../shared/stores/dynamodb/review-items.ts';
import type { TableName } from '../tables.ts';

/** The forms of items that each table may hold, by their `type`. */
export const itemForms: Readonly<Record<TableName, Readonly<Record<string, z.ZodMiniType>>>> = {
  policies: {
    'policy-version': policyVersionItemSchema,
    'policy-digest': policyDigestItemSchema,
    'policy-pointer': policyPointerItemSchema,
  },
  audit: {
    'audit-entry': auditEntryItemSchema,
    'audit-place': auditPlaceItemSchema,
    'audit-anchor': auditAnchorItemSchema,
  },
  partners: {
    'key-owner': ownerItemSchema,
    'api-key': keyItemSchema,
    'api-key-hash-key': hashKeyItemSchema,
    'keyed-request': keyedRequestItemSchema,
    'partner-terms': termsItemSchema,
    'partner-usage': usageShardItemSchema,
    'partner-check': countedCheckItemSchema,
    'partner-person': personItemSchema,
    'partner-notice': noticeItemSchema,
  },
  residents: {
    'resident-record': residentRecordItemSchema,
    'resident-part': residentPartItemSchema,
    'register-event': registerEventItemSchema,
    'resident-key': residentKeyItemSchema,
    'erased-resident': erasedResidentItemSchema,
    'erasing-resident': erasingResidentItemSchema,
    'index-key': indexKeyItemSchema,
    'current-index-key': currentIndexKeyItemSchema,
  },
  decisions: {
    decision: decisionItemSchema,
    consent: consentItemSchema,
    review: reviewItemSchema,
    'review-place': reviewPlaceItemSchema,
  },
};
