import type { CivilDate } from '../calendar/civil-date.ts';
import type { Bounds } from './bounds.ts';
import type { CompiledFact } from './facts/compiled-fact.ts';
import type { Pack, PackCitation, PackCondition, PackEntitlement, PackService } from './pack-schema.ts';
import type { DerivationRules } from './resident-life.ts';

/** What a node of the table does with its children (or, for a test, with its fact). */
export const NODE_TEST = 0;
export const NODE_ALL = 1;
export const NODE_ANY = 2;
export const NODE_NOT = 3;
export const NODE_AT_LEAST = 4;
/** A condition: its child, unless its source is not in force. */
export const NODE_CONDITION = 5;

/** A test on a fact: inside bounds, or one of a set of values. */
export interface CompiledTest {
  readonly fact: number;
  /** Bit i stands for the value i of an enumeration or boolean; null: the bounds decide. */
  readonly values: number | null;
  readonly bounds: Bounds;
  /** Bounds for women where they differ from those for men (`bounds`); the fact `sex` then decides. */
  readonly boundsForWomen: Bounds | null;
  /** The figure is not published: unknown whatever the fact. */
  readonly notPublished: boolean;
}

export interface CompiledCondition {
  readonly id: string;
  readonly definition: PackCondition;
  readonly citation: PackCitation;
  /** Node of the condition. */
  readonly node: number;
  /** Tests inside the condition, in the order of the pack. */
  readonly tests: readonly number[];
}

export interface CompiledRoute {
  readonly id: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly node: number;
  /** Conditions of the route in the order of the pack, each once. */
  readonly conditions: readonly CompiledCondition[];
}

export interface CompiledEntitlement {
  readonly definition: PackEntitlement;
  readonly node: number;
}

export interface CompiledService {
  readonly code: string;
  readonly definition: PackService;
  readonly routes: readonly CompiledRoute[];
  readonly entitlements: readonly CompiledEntitlement[];
  /** Every node the service's outcome rests on, children first; the last is its outcome. */
  readonly nodes: Uint16Array;
  readonly root: number;
  /** Those of its tests whose fact time can change, and its sources that end. */
  readonly changingTests: readonly number[];
  readonly endingSources: readonly number[];
}

export interface CompiledSource {
  readonly id: string;
  readonly from: CivilDate;
  /** Last day in force, inclusive; infinite where no end is set. */
  readonly until: number;
}

/**
 * A pack as flat tables: nodes in an order in which children come before their parents, tests over columns of facts.
 * One pass over the nodes decides everything; no closures over a tree, no generated code.
 */
export interface CompiledPolicy {
  readonly pack: Pack;
  readonly digest: string;
  readonly effectiveFrom: CivilDate;
  /** Last day in force, inclusive; infinite where no end is set. */
  readonly effectiveUntil: number;
  readonly rules: DerivationRules;
  readonly facts: readonly CompiledFact[];
  /** Column of the fact `sex`, where a test asks for it; -1 where none does. */
  readonly sexFact: number;
  readonly tests: readonly CompiledTest[];
  readonly sources: readonly CompiledSource[];
  readonly nodeKind: Uint8Array;
  /** Of a test its index, of a condition its source, of at-least its number. */
  readonly nodeOperand: Uint16Array;
  /** Children of node i: `children[childStart[i]]` to `children[childStart[i + 1]]`, the end not included. */
  readonly childStart: Uint16Array;
  readonly children: Uint16Array;
  /** All nodes, in order. */
  readonly everyNode: Uint16Array;
  readonly services: readonly CompiledService[];
  readonly serviceIndex: ReadonlyMap<string, number>;
}
