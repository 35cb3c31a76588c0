import type { Sample } from './samples.ts'

/** A route that takes parameters, as our OpenAPI description has it. */
export interface Route {
  /** Method and address, such as `GET /api/v1/dashboards/{id}`. */
  readonly name: string
  readonly method: string
  readonly path: string
  /** Kinds of credentials it takes; `none` alone when it takes none. */
  readonly credentials: readonly string[]
  /** Names of what it takes in its address, and the top level of its body. */
  readonly parameters: readonly { readonly place: 'path' | 'query' | 'body'; readonly name: string }[]
}

interface Operation {
  readonly security?: readonly Record<string, unknown>[]
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly requestBody?: {
    readonly content: Record<
      string,
      { readonly schema: { properties?: object; anyOf?: readonly { properties?: object }[] } }
    >
  }
}

/** Reads the routes that take parameters from a server's `/openapi.json`. */
export async function readRoutes(url: string): Promise<Route[]> {
  const response = await fetch(`${url}/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> }
  return (
    Object.entries(paths)
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => toRoute(path, method, operation)),
      )
      .filter(({ parameters }) => parameters.length > 0)
      // Questions first, and first as those ask whom we trust least.
      .sort((a, b) => Number(b.credentials.includes('embedToken')) - Number(a.credentials.includes('embedToken')))
  )
}

function toRoute(path: string, method: string, operation: Operation): Route {
  const kinds = (operation.security ?? []).flatMap((scheme) => Object.keys(scheme))
  const inAddress = (operation.parameters ?? []).flatMap(({ in: place, name }) =>
    place === 'path' || place === 'query' ? [{ place, name } as const] : [],
  )
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  // Of alternatives the first: they are the types of a data source, which differ in their credentials.
  const properties =
    schema?.properties ?? schema?.anyOf?.find((form) => form.properties !== undefined)?.properties ?? {}
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    credentials: kinds.length === 0 ? ['none'] : kinds.reverse(),
    parameters: [...inAddress, ...Object.keys(properties).map((name) => ({ place: 'body', name }) as const)],
  }
}

/** Parameters of a route's address that no sample has a value for, and routes without a sample. */
export function withoutSample(route: Route, samples: readonly Sample[]): string[] {
  if (samples.length === 0) return [`${route.name} has no sample in scripts/sqlmap/samples.ts`]
  return route.parameters
    .filter(({ place, name }) => !samples.some((sample) => hasValue(sample, place, name)))
    .map(({ place, name }) => `${route.name} has no sample with ${name} in its ${place}`)
}

function hasValue(sample: Sample, place: 'path' | 'query' | 'body', name: string): boolean {
  const values = sample[place]
  return typeof values === 'object' && values !== null && Object.hasOwn(values, name)
}
