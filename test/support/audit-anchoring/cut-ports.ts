import type { SealDependencies } from '../../../shared/domain/audit/seal-audit.ts';
import { CutOff } from '../cut-client.ts';

/** What a sealer works with, failing at one call of its ports. */
export interface CutPorts {
  readonly dependencies: SealDependencies;
  /** The ports and methods called, in order. */
  readonly calls: string[];
}

/**
 * The same dependencies, failing at call number `at` (the first is 1) before it is made, or after it had its effect.
 * Absent: counts only. Everything after the cut fails too, as in a process that is gone.
 */
export function cutPorts(
  dependencies: SealDependencies,
  cut?: { readonly at: number; readonly when: 'before' | 'after' },
): CutPorts {
  const calls: string[] = [];
  const counted = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, method) {
        const own = Reflect.get(target, method) as unknown;
        if (typeof own !== 'function') return own;
        return (...given: unknown[]) => {
          calls.push(`${name}.${String(method)}`);
          const isCut = cut !== undefined && calls.length >= cut.at;
          const run = () => own.apply(target, given);
          if (method === 'read' && name === 'partitions') return isCut ? failing() : run();
          if (!isCut) return run();
          if (cut.when === 'before' || calls.length > cut.at) return Promise.reject(new CutOff());
          return Promise.resolve(run())
            .catch(() => {})
            .then(() => Promise.reject(new CutOff()));
        };
      },
    });
  return {
    dependencies: {
      ...dependencies,
      partitions: counted('partitions', dependencies.partitions),
      roots: counted('roots', dependencies.roots),
      signer: counted('signer', dependencies.signer),
      anchors: counted('anchors', dependencies.anchors),
    },
    calls,
  };
}

// biome-ignore lint/correctness/useYield: it fails before there is anything to yield.
async function* failing(): AsyncGenerator<never> {
  throw new CutOff();
}
