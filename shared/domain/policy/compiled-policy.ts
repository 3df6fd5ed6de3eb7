import type { CivilDate } from '../calendar/civil-date.ts';
import type { Bounds } from './bounds.ts';
import type { CompiledFact } from './facts/compiled-fact.ts';
import type { Pack, PackCitation, PackCondition, PackEntitlement, PackService } from './pack-schema.ts';
import type { DerivationRules } from './resident-life.ts';

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
  /** The tests it rests on, in the order of the pack. */
  readonly tests: readonly number[];
  /** Decides every node it rests on; the last is its outcome. */
  readonly program: Program;
}

export interface CompiledEntitlement {
  readonly definition: PackEntitlement;
  readonly node: number;
}

/** How the outcomes of nodes follow from each other, children first. */
export interface Program {
  /**
   * Instructions of three words: two nodes (left, middle in the upper half); a third, and in the upper half the node whose
   * outcome follows from the outcomes of these; where its table of decisions begins. What has more than three children
   * has an instruction for the first three and one for every two that follow, which begins with itself.
   *
   * Three at once, because every instruction waits for what it needs to be written; packed, because reading numbers takes
   * longer than taking them apart; by depth, because an instruction must not need what the one before it has just written.
   */
  readonly instructions: Uint32Array;
  /** At-leasts, which no table decides, and before which position of the instructions each is to be decided. */
  readonly atLeasts: readonly { readonly node: number; readonly position: number }[];
}

export interface CompiledService {
  readonly code: string;
  readonly definition: PackService;
  readonly routes: readonly CompiledRoute[];
  readonly entitlements: readonly CompiledEntitlement[];
  /** Decides every node the service's outcome rests on; the last is its outcome. */
  readonly program: Program;
  readonly root: number;
  /** Its place among the roots of the policy: services can rest on the same. */
  readonly rootPlace: number;
  /** The nodes of the tests and sources it rests on: the outcomes of all others follow from theirs. */
  readonly leaves: readonly number[];
  /** Those of its tests whose fact time can change, and its sources that begin or end while the version is in force. */
  readonly changingTests: readonly number[];
  readonly limitedSources: readonly number[];
}

export interface CompiledSource {
  readonly id: string;
  readonly from: CivilDate;
  /** Last day in force, inclusive; infinite where no end is set. */
  readonly until: number;
}

/**
 * A pack as flat tables: tests over columns of facts, and nodes in an order in which children come before their
 * parents. One pass over the program decides everything; no closures over a tree, no generated code.
 */
export interface CompiledPolicy {
  readonly pack: Pack;
  readonly digest: string;
  readonly effectiveFrom: CivilDate;
  /** Last day in force, inclusive; infinite where no end is set. */
  readonly effectiveUntil: number;
  readonly rules: DerivationRules;
  readonly facts: readonly CompiledFact[];
  /** By column: what reads the fact, side by side, as facts differ in form. */
  readonly readers: readonly CompiledFact['read'][];
  /** Column of the fact `sex`, where a test asks for it; -1 where none does. */
  readonly sexFact: number;
  readonly tests: readonly CompiledTest[];
  /**
   * By test: its node; the column of its fact where time can change that, else -1; its node and the column of its fact in one
   * word; its outcomes by the code of the fact.
   */
  readonly testNode: Uint16Array;
  readonly changingFact: Int16Array;
  readonly testPlaces: Uint32Array;
  readonly testOutcomes: Uint8Array;
  /** By test: the limits of its bounds, for either sex. */
  readonly testLimits: readonly (readonly number[])[];
  readonly sources: readonly CompiledSource[];
  /** The sources that begin or end while the policy is in force; the others need no looking at. */
  readonly changingSources: readonly { readonly source: CompiledSource; readonly node: number }[];
  readonly nodeKind: Uint8Array;
  /** Of a test its index, of a condition and of a source the source, of at-least its number. */
  readonly nodeOperand: Uint16Array;
  /** Children of node i: `children[childStart[i]]` to `children[childStart[i + 1]]`, the end not included. */
  readonly childStart: Uint16Array;
  readonly children: Uint16Array;
  /** Decides every node. */
  readonly program: Program;
  readonly services: readonly CompiledService[];
  readonly serviceIndex: ReadonlyMap<string, number>;
}
