import { readFileSync } from 'node:fs'

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

/** Says where the busy time of a `.cpuprofile` went: by package or folder of ours, then by function. A line each. */
export function describeProfile(file: string, lines = 15): string {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const places = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  samples.forEach((id, index) => {
    const frame = frames.get(id)
    if (frame === undefined || frame.functionName === '(idle)') return
    const time = timeDeltas[index] ?? 0
    const place = placeOf(frame.functionName, frame.url)
    const name = `${frame.functionName || '(anonymous)'} in ${place}`
    busy += time
    places.set(place, (places.get(place) ?? 0) + time)
    functions.set(name, (functions.get(name) ?? 0) + time)
  })
  const shares = (times: ReadonlyMap<string, number>) =>
    [...times]
      .sort((a, b) => b[1] - a[1])
      .slice(0, lines)
      .map(([name, time]) => `  ${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`)
  return [
    `${file}: ${Math.round(busy / 1_000)} ms busy`,
    ...shares(places),
    '  by function:',
    ...shares(functions),
  ].join('\n')
}

/** `packages/server/src/cache`, `fastify`, `node:net`, or V8's own such as `(garbage collector)`. */
function placeOf(functionName: string, url: string): string {
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(url) ?? []
  if (library !== undefined) return library
  const [, folder] = /\/(packages\/[^/]+\/src(?:\/[^/]+(?=\/))?)/.exec(url) ?? []
  if (folder !== undefined) return folder
  if (url.startsWith('node:')) return url.split('/')[0] ?? url
  return functionName.startsWith('(') ? functionName : 'native code'
}
