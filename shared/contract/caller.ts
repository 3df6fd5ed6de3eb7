import * as z from 'zod/mini';
import type { Door } from './door.ts';
import { document } from './registry/document.ts';
import { eventSource } from './registry/source.ts';

const subject = z.string().check(z.minLength(1), z.maxLength(256));

/**
 * What the authorizer tells a function about who calls, by door. Flat and of plain values, because that is all the
 * gateway hands on; the authorizer writes it by the same schemas the functions read it by.
 */
export const callers = {
  /** A resident, known by the document the identity platform has verified. */
  resident: z.object({
    kind: z.literal('resident'),
    subject,
    documentType: document.shape.type,
    documentNumber: document.shape.number,
  }),
  /** A clerk, with the district and the post they work at. */
  counter: z.object({
    kind: z.literal('clerk'),
    subject,
    district: z.string().check(z.minLength(1), z.maxLength(64)),
    post: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
  /** A third party and the key it used. */
  partner: z.object({ kind: z.literal('partner'), partner: subject, key: subject }),
  /** A bureau's feed: `source` is the bureau, and no body can say otherwise. */
  registry: z.object({
    kind: z.literal('feed'),
    source: eventSource,
    key: subject,
  }),
  /** Operators and policy staff; their roles with blanks between. */
  admin: z.object({ kind: z.literal('staff'), subject, roles: z.string().check(z.maxLength(256)) }),
} as const satisfies Record<Exclude<Door, 'public'>, z.ZodMiniObject>;

/** Who calls through a door; nobody is known on the public one. */
export type CallerOf<D extends Door> = D extends keyof typeof callers ? z.infer<(typeof callers)[D]> : null;

/** Anyone the authorizer knows. */
export type Caller = CallerOf<keyof typeof callers>;

/** The door each kind of caller comes through; no other opens for it. */
export const doorOfKind = {
  resident: 'resident',
  clerk: 'counter',
  partner: 'partner',
  feed: 'registry',
  staff: 'admin',
} as const satisfies Record<Caller['kind'], keyof typeof callers>;
