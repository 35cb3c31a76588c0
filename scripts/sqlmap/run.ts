import { parseArgs } from 'node:util'
import { type Route, readRoutes, withoutSample } from './describe-routes.ts'
import { forwardTo, NO_ANSWER } from './forwarder.ts'
import { startInjectableServer } from './injectable-server.ts'
import { markBody, markUrl } from './mark-values.ts'
import { type Outcome, runSqlmap } from './run-sqlmap.ts'
import { type Sample, samplesOf } from './samples.ts'
import { startTarget } from './start-target.ts'
import { openWorld, type World } from './world.ts'

/** As many at a time as the machine can serve beside other work. */
const AT_ONCE = 2
interface Job {
  readonly route: Route
  readonly credential: string
  readonly sample: Sample
}

interface Line {
  readonly route: string
  readonly credential: string
  readonly parameters: number
  readonly requests: number
  readonly statuses: string
  readonly verdict: string
}

/**
 * `npm run attack:sqlmap`: sqlmap against every route of our OpenAPI description that takes parameters, with each kind of credential
 * it takes. Fails when a parameter can be injected or a request is answered 500. Some 1,500 requests, 20 seconds, for each value at
 * level 5.
 *
 * - `--route <text>`: only routes with this in their name, such as `POST /api/v1/query`
 * - `--credential <text>`: only `accessToken`, `apiKey`, `embedToken` or `none`
 * - `--level <1–5>`: 5 when absent, at risk 3; `--quick` is level 1 at risk 1
 * - `--check-samples`: only whether every route accepts its samples
 * - `--verbose`: what sqlmap says
 */
const { values: options } = parseArgs({
  options: {
    route: { type: 'string', default: '' },
    credential: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    level: { type: 'string', default: '5' },
    'check-samples': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const level = options.quick ? 1 : Number(options.level)
const risk = options.quick ? 1 : 3

const target = await startTarget()
try {
  process.exitCode = await attack(target.product.url, await openWorld(target.product, target.postgres))
} finally {
  await target.stop()
}

/** @returns the exit code: 1 when something can be injected, was answered 500, or could not be tried */
async function attack(url: string, world: World): Promise<number> {
  const samples = samplesOf(world.stored)
  const routes = (await readRoutes(url)).filter(({ name }) => name.includes(options.route))
  const missing = routes.flatMap((route) => withoutSample(route, samples[route.name] ?? []))
  for (const problem of missing) console.error(problem)
  const jobs = routes.flatMap((route) =>
    route.credentials
      .filter((credential) => credential.includes(options.credential))
      .flatMap((credential) => (samples[route.name] ?? []).map((sample): Job => ({ route, credential, sample }))),
  )
  const allowed: Job[] = []
  const problems: string[] = []
  for (const job of jobs) {
    const answer = await tryOut(url, world, job)
    if (answer === 'allowed') allowed.push(job)
    else if (answer === 'forbidden') console.log(`${job.route.name}  ${job.credential}  not let in (403)`)
    else problems.push(answer)
  }
  for (const problem of problems) console.error(problem)
  if (missing.length + problems.length > 0) return 1
  if (options['check-samples']) return 0
  await checkThatHolesAreFound()

  console.log(`sqlmap, level ${level}, risk ${risk}`)
  const lines: Line[] = []
  const queue = allowed.values()
  const work = async () => {
    for (const job of queue) {
      const line = await attackRoute(url, world, job)
      console.log(Object.values(line).join('  '))
      lines.push(line)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  console.table(lines)
  const requests = lines.reduce((sum, line) => sum + line.requests, 0)
  const bad = lines.filter(({ verdict }) => verdict !== 'none injectable')
  console.log(`${requests} requests, ${lines.length} attacks, ${bad.length} to look at`)
  return bad.length === 0 ? 0 : 1
}

async function attackRoute(url: string, world: World, job: Job): Promise<Line> {
  const { route, credential, sample } = job
  const forwarder = await forwardTo(url, () => world.headersOf(credential, sample))
  try {
    const outcome = await runSqlmap({
      method: route.method,
      url: forwarder.url + markUrl(route, sample),
      body: sample.body === undefined ? undefined : markBody(sample.body),
      level,
      risk,
      dbms: 'postgresql',
    })
    const { traffic } = forwarder
    for (const failure of traffic.failures) console.error(`500: ${failure}`)
    if (options.verbose || outcome.verdict !== 'refuted') console.error(outcome.output)
    return {
      route: route.name,
      credential,
      parameters: outcome.parameters,
      requests: traffic.requests,
      statuses: [...traffic.statuses].map(([status, count]) => `${status}: ${count}`).join(', '),
      verdict: verdictOf(outcome, traffic.statuses),
    }
  } finally {
    forwarder.close()
  }
}

function verdictOf({ verdict }: Outcome, statuses: ReadonlyMap<number, number>): string {
  if (verdict === 'injectable') return 'INJECTABLE'
  if (statuses.has(500)) return 'ANSWERED 500'
  if (statuses.has(NO_ANSWER)) return 'NOT ANSWERED'
  return verdict === 'refuted' ? 'none injectable' : 'NOT FINISHED'
}

/**
 * Sends a sample as it is: where it is refused, sqlmap would attack a closed door.
 *
 * @returns `forbidden` when the credential may not use the route at all; else what is wrong with the sample
 */
async function tryOut(
  url: string,
  world: World,
  { route, credential, sample }: Job,
): Promise<'allowed' | 'forbidden' | (string & {})> {
  const response = await fetch(url + markUrl(route, sample, ''), {
    method: route.method,
    headers: await world.headersOf(credential, sample),
    ...(sample.body !== undefined && { body: JSON.stringify(sample.body) }),
  })
  const text = await response.text()
  const isExpected = sample.status === undefined ? response.ok : response.status === sample.status
  // The same sample was stored with another credential before.
  const isStored = route.method === 'POST' && response.status === 409
  if (isExpected || isStored) return 'allowed'
  if (response.status === 403 && credential !== 'accessToken') return 'forbidden'
  return `${route.name} (${credential}): ${response.status} ${text.slice(0, 600)}`
}

/** @throws Error when sqlmap misses a hole that is there, by way of a body or of a query string */
async function checkThatHolesAreFound(): Promise<void> {
  const injectable = await startInjectableServer()
  const forwarder = await forwardTo(injectable.url, async () => ({ 'content-type': 'application/json' }))
  const known = { level: 1, risk: 1, dbms: 'sqlite' }
  try {
    const byUrl = await runSqlmap({ ...known, method: 'GET', url: `${forwarder.url}/?id=1*` })
    const byBody = await runSqlmap({ ...known, method: 'POST', url: `${forwarder.url}/`, body: markBody({ id: '1' }) })
    for (const { verdict, output } of [byUrl, byBody]) {
      if (verdict !== 'injectable') throw new Error(`sqlmap did not find the hole that is there\n${output}`)
    }
  } finally {
    forwarder.close()
    injectable.close()
  }
}
