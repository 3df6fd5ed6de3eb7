/** A path of the route table with the values of its parameters. */
export interface MatchedResource {
  readonly resource: string;
  /** Decoded; `null` when the path has none, as API Gateway writes it. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** What {@link createResourceMatcher} answers to a path whose percent-encoding is broken. */
export const malformedPath = Symbol('malformed path');

/**
 * Matches request paths to the resources of an API the way API Gateway does: segment by segment, a fixed segment
 * before a parameter, no empty segments, no dot segments.
 *
 * @param resources such as `/v1/services/{code}`.
 */
export function createResourceMatcher(
  resources: Iterable<string>,
): (path: string) => MatchedResource | typeof malformedPath | null {
  const patterns = [...new Set(resources)]
    .map((resource) => ({ resource, segments: resource.split('/') }))
    // Parameters sort after every letter (`{` is above them), so that fixed segments are tried first.
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));

  return (path) => {
    const segments = path.split('/');
    for (const { resource, segments: pattern } of patterns) {
      const parameters = matchSegments(pattern, segments);
      if (parameters === null) continue;
      try {
        const pathParameters = parameters.map(([name, value]) => [name, decodeURIComponent(value)] as const);
        return {
          resource,
          pathParameters: pathParameters.length === 0 ? null : Object.fromEntries(pathParameters),
        };
      } catch {
        return malformedPath;
      }
    }
    return null;
  };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): [string, string][] | null {
  if (pattern.length !== segments.length) return null;
  const parameters: [string, string][] = [];
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith('{')) {
      if (segment === '') return null;
      parameters.push([expected.slice(1, -1), segment]);
    } else if (segment !== expected) return null;
  }
  return parameters;
}
