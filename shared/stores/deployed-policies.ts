import { brotliDecompressSync } from 'node:zlib';
import { parseCivilDate } from '../domain/calendar/civil-date.ts';
import { compileDigested } from '../domain/policy/compile.ts';
import type { CompiledPolicy } from '../domain/policy/compiled-policy.ts';
import type { Pack } from '../domain/policy/pack-schema.ts';
import { indexInForce } from '../domain/policy/period.ts';
import { type PolicyHistory, policyHistory } from '../domain/policy/policy-history.ts';
import type { PolicyVersionSummary } from '../domain/policy/policy-store.ts';

/** A version of a policy that was deployed with the code. */
export interface DeployedVersion extends Pick<PolicyVersionSummary, 'version' | 'digest' | 'effective'> {
  readonly policy: string;
}

/** The packs of a deployment, as the bundler writes them. */
export interface DeployedPacks {
  /** Those of one policy in order of their first day. */
  readonly versions: readonly DeployedVersion[];
  /** The packs of these versions in their order, each a line of JSON; brotli, base64. */
  readonly compressed: string;
}

/**
 * The packs of a deployment, unpacked with the first question and compiled one by one as they are asked for: of a policy
 * with many versions a question of today needs the last.
 */
export class DeployedPolicies {
  readonly versions: readonly DeployedVersion[];
  readonly #compressed: string;
  readonly #compiled = new Map<string, CompiledPolicy>();
  readonly #histories = new Map<DeployedVersion, PolicyHistory>();
  #lines: readonly string[] | null = null;

  constructor({ versions, compressed }: DeployedPacks) {
    this.versions = versions;
    this.#compressed = compressed;
  }

  /**
   * The versions of a policy from a day on, when of those deployed no other has a say in them: the day has a version, and
   * from there each follows the one before without a gap, the last one without end. Whether others are published, the
   * caller knows.
   *
   * @param from `YYYY-MM-DD`.
   * @returns null when that is not so, and the store has to be asked.
   */
  historyFrom(policy: string, from: string): PolicyHistory | null {
    const all = this.versions.filter((version) => version.policy === policy);
    const index = indexInForce(all, from);
    const first = all[index];
    if (first === undefined) return null;
    const versions = all.slice(index);
    if (!isWithoutEnd(versions)) return null;
    let history = this.#histories.get(first);
    if (history === undefined) {
      history = policyHistory(
        policy,
        versions.map(({ digest }) => this.compiled(digest)!),
      );
      this.#histories.set(first, history);
    }
    return history;
  }

  /** The version of a digest, compiled; undefined when it was not deployed. */
  compiled(digest: string): CompiledPolicy | undefined {
    const known = this.#compiled.get(digest);
    if (known !== undefined) return known;
    const index = this.versions.findIndex((version) => version.digest === digest);
    if (index === -1) return undefined;
    const policy = compileDigested(this.#pack(index), digest);
    this.#compiled.set(digest, policy);
    return policy;
  }

  #pack(index: number): Pack {
    this.#lines ??= brotliDecompressSync(Buffer.from(this.#compressed, 'base64'))
      .toString('utf8')
      .split('\n');
    return JSON.parse(this.#lines[index]!);
  }
}

/** Whether versions, in order, cover every day from the first one's to the end of time. */
function isWithoutEnd(versions: readonly DeployedVersion[]): boolean {
  return versions.every(({ effective: { until } }, index) => {
    const next = versions[index + 1];
    if (until === null || next === undefined) return until === null;
    return parseCivilDate(until)! + 1 === parseCivilDate(next.effective.from);
  });
}
