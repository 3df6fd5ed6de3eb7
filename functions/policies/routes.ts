import { late } from '../../shared/caching/late.ts';
import type { Language } from '../../shared/contract/language.ts';
import { type ProblemCode, problems, problemType } from '../../shared/contract/problems.ts';
import { ENGINE_VERSION } from '../../shared/domain/policy/engine-version.ts';
import { indexInForce, withLastDays } from '../../shared/domain/policy/period.ts';
import type { PolicyPointer } from '../../shared/domain/policy/policy-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { listedErrors } from '../listed-errors.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { requirePolicy } from '../require-policy.ts';
import { todayInShanghai } from '../today.ts';
import { renderService } from './render-service.ts';

/** The document is larger than everything else here, and few ask for it. */
const openApi = late(async () => (await import('../../openapi.json', { with: { type: 'json' } })).default);

/** The operations that show what is published: services, policies, and the API itself. */
export function policiesOperations(dependencies: PolicyDependencies): Operations<'policies'> {
  const { histories, store, defaultPolicy, now } = dependencies;
  const catalogue = async (asOf: string, language: Language) => {
    const { version } = await requirePolicy(histories, defaultPolicy, { policy: null, asOf, root: '/query' });
    const { pack, digest } = version;
    return {
      head: { asOf, policy: { id: pack.policy, version: pack.version, digest } },
      version,
      render: (service: (typeof version.services)[number]) => renderService(service, version, language),
    };
  };
  return {
    listServices: async ({ query, language }) => {
      const { asOf = todayInShanghai(now), category, tier } = query;
      const { head, version, render } = await catalogue(asOf, language);
      const services = version.services.filter(
        ({ definition }) =>
          (category === undefined || definition.category === category) &&
          (tier === undefined || definition.tier === tier),
      );
      return { body: { ...head, services: services.map(render) } };
    },

    getService: async ({ path, query, language }) => {
      const { head, version, render } = await catalogue(query.asOf ?? todayInShanghai(now), language);
      const service = version.services[version.serviceIndex.get(path.code) ?? -1];
      if (service === undefined) throw new RequestProblem('service-not-found');
      return { body: { ...head, service: render(service) } };
    },

    listPolicies: async () => {
      const pointers = await histories.list();
      const policies = pointers.map(({ policy, versions }) => ({
        id: policy,
        versions: withLastDays(versions),
      }));
      return { body: { defaultPolicy, policies } };
    },

    getPolicyVersion: async ({ path }) => {
      const history = await histories.history(path.id);
      const version = history?.versions.find(({ pack }) => pack.version === path.version);
      if (version === undefined) throw new RequestProblem('policy-version-not-found');
      return { body: { digest: version.digest, pack: version.pack } };
    },

    getStatus: async () => {
      // From the store itself: what is remembered would go on answering while the store is down.
      const pointers = await store.listPointers();
      const today = todayInShanghai(now);
      const policies = pointers.flatMap((pointer) => inForceOn(today, pointer));
      const { info } = await openApi();
      return { body: { status: 'ok', version: info.version, engine: ENGINE_VERSION, policies } };
    },

    listErrors: () => ({
      body: {
        problems: (Object.keys(problems) as ProblemCode[]).map((code) => ({
          code,
          type: problemType(code),
          ...problems[code],
        })),
        errors: Object.entries(listedErrors).map(([code, detail]) => ({ code, detail })),
      },
    }),

    getOpenApi: async () => ({ body: await openApi() }),
  };
}

/** The version in force on a day, or nothing. */
function inForceOn(day: string, { policy, versions }: PolicyPointer) {
  const inForce = versions[indexInForce(versions, day)];
  return inForce === undefined ? [] : [{ id: policy, version: inForce.version, digest: inForce.digest }];
}
