import type { CatalogueService } from '../../shared/contract/catalogue/response.ts';
import type { Language } from '../../shared/contract/language.ts';
import type {
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
} from '../../shared/domain/policy/compiled-policy.ts';
import type { Pack, RouteExpression } from '../../shared/domain/policy/pack-schema.ts';
import { citedSource } from '../../shared/domain/policy/render/service-fragments.ts';

/** A service of a policy as it is published to anyone: who provides it, how to qualify, how to apply. */
export function renderService(
  service: CompiledService,
  policy: CompiledPolicy,
  language: Language,
): CatalogueService {
  const { name, category, tier, authority, apply, entitlements } = service.definition;
  return {
    code: service.code,
    name: name[language],
    category,
    tier,
    authority: authority[language],
    apply: { text: apply.text[language], windows: apply.windows ?? [] },
    routes: service.routes.map((route, index) => renderRoute(route, service, index, policy, language)),
    entitlements: entitlements.map(({ id, text, value, source }) => ({
      id,
      text: text[language],
      value,
      source: citedSource(policy, source, language),
    })),
  };
}

function renderRoute(
  route: CompiledRoute,
  { definition }: CompiledService,
  index: number,
  policy: CompiledPolicy,
  language: Language,
): CatalogueService['routes'][number] {
  return {
    id: route.id,
    name: route.name[language],
    when: combinationOf(definition.routes[index]!, policy.pack),
    conditions: route.conditions.map(({ id, definition: condition, citation }) => ({
      id,
      text: condition.text[language],
      source: citedSource(policy, citation, language),
      remedy: condition.remedy?.[language] ?? null,
    })),
  };
}

/** How a route's conditions are combined, a shared route written out together with what the service adds to it. */
function combinationOf(route: CompiledService['definition']['routes'][number], pack: Pack): RouteExpression {
  if (!('use' in route)) return route.when;
  const { when } = pack.routes[route.use]!;
  return route.and === undefined ? when : { all: [when, ...route.and] };
}
