import { describe, expect, it } from 'vitest'
import { findStatements } from './source/find-statements.ts'
import { sourceFiles } from './source/source-files.ts'

const files = sourceFiles(['packages/server/src/**/*.ts']).filter(({ path }) => !path.includes('/migrations/'))
const schema = files.find(({ path }) => path.endsWith('/database/schema.ts'))?.text ?? ''

/** Tables whose rows belong to an organization, read from their types. */
const OWNED = [...schema.matchAll(/^ {2}(\w+): (\w+Table)$/gm)].flatMap(([, table = '', type]) => {
  const body = new RegExp(`interface ${type} \\{([\\s\\S]*?)\\n\\}`).exec(schema)?.[1] ?? ''
  return /^ {2}organization_id:/m.test(body) ? [table] : []
})

/**
 * Statements that do not name an organization, and why they need not. Everything else on a table of organizations does;
 * a new one fails here until somebody has said why.
 */
const REASONS: Readonly<Record<string, string>> = {
  'auth/repository.ts accounts selectFrom users': 'the two callers add the condition, or sign in by e-mail',
  'auth/repository.ts rotateRefreshToken selectFrom sessions': 'found by the hash of a secret, which says whose it is',
  'auth/repository.ts rotateRefreshToken updateTable sessions': 'the session that the secret belongs to',
  'auth/repository.ts endSessionOf updateTable sessions': 'found by the hash of a secret',
  'bootstrap.ts ensureServerKeys selectFrom embed_signing_keys': 'at start, every organization is given a key',
  'cache/data-versions.ts #read selectFrom data_versions': 'the directory of every node, kept by organization',
  'cache/refresh-keys.ts #claim selectFrom refresh_keys': 'the key is a hash over the organization',
  'cache/refresh-keys.ts #release updateTable refresh_keys': 'the key is a hash over the organization',
  'cache/refresh-keys.ts #settle updateTable refresh_keys': 'the key is a hash over the organization',
  'cache/table-level.ts find selectFrom cache_entries':
    'the key is a hash over the organization; the answer is sealed with it',
  'cache/table-level.ts #noteUse updateTable cache_entries': 'the key is a hash over the organization',
  'cache/table-level.ts #clean sql cache_entries': 'old answers of all',
  'data-sources/repository.ts readAllSources selectFrom data_sources':
    'the directory of every node, kept by organization',
  'data-sources/repository.ts rotateSourceKeys selectFrom data_sources': 'the operator wraps the keys of all',
  'identity/repository.ts readIdentityChanges selectFrom embed_signing_keys':
    'the directory of every node, kept by organization',
  'identity/repository.ts readIdentityChanges selectFrom revocations':
    'the directory of every node, kept by organization',
  'identity/repository.ts findApiKey selectFrom api_keys': 'found by the hash of a secret, which says whose it is',
  'identity/repository.ts deleteExpiredRevocations deleteFrom revocations': 'old ones of all',
  'models/repository.ts readHeads selectFrom model_versions': 'the directory of every node, kept by organization',
  'query-log/read-stats.ts describeShapes sql query_log': 'the condition stands in the text of the statement',
  'rollups/repository.ts failBuild updateTable rollup_builds': 'the build that this process started, by its id',
  'rollups/repository.ts forgetPastBuilds deleteFrom rollup_builds': 'old ones of all',
  'rollups/repository.ts forgetPastBuilds selectFrom rollup_leases': 'old ones of all',
  'rollups/repository.ts forgetPastBuilds updateTable rollup_builds': 'old ones of all',
  'rollups/repository.ts noteLost updateTable rollup_builds': 'builds that were read before, by their ids',
  'rollups/repository.ts readAbandoned innerJoin rollup_leases': 'every node looks after those of all',
  'rollups/repository.ts readAbandoned selectFrom rollup_builds': 'every node looks after those of all',
  'rollups/repository.ts readBuilds selectFrom rollup_builds':
    'the directory of every node, kept by organization; the condition is added where one is named',
}

describe('ISO-22 statements about what organizations own', () => {
  const owned = findStatements(files).filter(({ table }) => OWNED.includes(table))
  const isScoped = (text: string) => /\.where\(\s*'(?:\w+\.)?organization_id',\s*'=',/.test(text)

  it('are found', () => {
    expect(OWNED).toEqual(expect.arrayContaining(['dashboards', 'data_sources', 'model_drafts', 'query_log', 'users']))
    expect(OWNED.length).toBeGreaterThan(12)
    expect(owned.length).toBeGreaterThan(40)
    // Each table is read somewhere; a table nobody is found to read is one that the scan does not see.
    const read = new Set(owned.map(({ table }) => table))
    expect(OWNED.filter((table) => !read.has(table) && table !== 'data_versions')).toEqual([])
  })

  it('name the organization, or are listed with the reason why not', () => {
    const open = owned
      .filter(({ text }) => !isScoped(text))
      .map(({ path, inside, verb, table }) => `${path.replace('packages/server/src/', '')} ${inside} ${verb} ${table}`)
    expect([...new Set(open)].sort()).toEqual(Object.keys(REASONS).sort())
  })

  it('would be noticed without it', () => {
    const text = `export async function readAll(db: Database) {
      // .where('organization_id', '=', organizationId)
      return db.selectFrom('dashboards').selectAll().where('slug', '=', slug).execute()
    }`
    const [found] = findStatements([{ path: 'x.ts', text }])
    expect(found).toMatchObject({ inside: 'readAll', verb: 'selectFrom', table: 'dashboards' })
    expect(isScoped(found?.text ?? '')).toBe(false)
    const scoped = text.replace("'slug', '=', slug", "'dashboards.organization_id', '=', id")
    expect(isScoped(findStatements([{ path: 'x.ts', text: scoped }])[0]?.text ?? '')).toBe(true)
  })
})
