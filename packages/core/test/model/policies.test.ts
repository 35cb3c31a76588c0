import { describe, expect, it } from 'vitest'
import { isMemberMasked, isMemberVisible, policyAdmits } from '../../src/model/access.ts'
import { findMember, type Model, parseModel } from '../../src/model/index.ts'
import type { Security } from '../../src/security.ts'

function security(overrides: Partial<Security> = {}): Security {
  return {
    organizationId: 'org',
    kind: 'user',
    roles: [],
    attributes: {},
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 100,
    ...overrides,
  }
}
const embed = (overrides: Partial<Security> = {}) => security({ kind: 'embed', ...overrides })
const user = (...roles: string[]) => security({ roles })

/** How a member shows to a caller. */
function shows(model: Model, name: string, caller: Security): 'open' | 'masked' | 'hidden' {
  const found = findMember(model, name)!
  if (!isMemberVisible(model, found.node, found.member, caller, found)) return 'hidden'
  return isMemberMasked(model, found.node, found.member, caller, found) ? 'masked' : 'open'
}

const read = (text: string) => parseModel([{ path: 'm.yml', text }])

/** A cube of four members, with policies, and a view of it with other policies. */
function model(cubePolicies: string, viewPolicies = '', cubeKeys = ''): Model {
  return read(`
cubes:
  - name: c
    sql_table: c
    ${cubeKeys}
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: email, type: string, sql: email, classification: pii }
      - { name: domain, type: string, sql: "split({email})" }
      - { name: secret, type: string, sql: secret }
      - { name: hidden, type: string, sql: hidden, public: false }
    measures:
      - { name: count, type: count }
      - { name: emails, type: count_distinct, sql: "{email}" }
      - { name: last_email, type: max, sql: "{domain}" }
    segments:
      - { name: some, sql: "{id} > 5" }
${cubePolicies === '' ? '' : `    access_policy: [${cubePolicies}]`}
views:
  - name: v
    cubes:
      - { join_path: c, includes: "*" }
${viewPolicies === '' ? '' : `    access_policy: [${viewPolicies}]`}
  - name: named
    cubes:
      - { join_path: c, includes: [hidden, id] }
`)
}

describe('roles', () => {
  it('may be one, a synonym, several or everyone', () => {
    const found = model('{ role: a }, { group: b }, { groups: [c, d] }')
    for (const role of ['a', 'b', 'c', 'd']) expect(shows(found, 'c.id', user(role))).toBe('open')
    expect(shows(found, 'c.id', user('e', 'A', '*'))).toBe('hidden')
    expect(shows(model('{ groups: ["*"] }'), 'c.id', embed())).toBe('open')
  })

  it('closes a cube without policies to embed tokens, and opens it to people and keys', () => {
    const found = model('')
    expect(shows(found, 'c.id', embed())).toBe('hidden')
    expect(shows(found, 'v.id', embed())).toBe('hidden')
    expect(shows(found, 'c.id', user())).toBe('open')
    expect(shows(found, 'c.id', security({ kind: 'api-key' }))).toBe('open')
  })

  it('does not open a cube to embed tokens because a view is open', () => {
    expect(shows(model('', '{ role: "*" }'), 'v.id', embed())).toBe('hidden')
  })
})

describe('conditions', () => {
  const found = model(
    '{ role: "*", conditions: [{ if: "{ securityContext.a }" }, { if: "{ securityContext.level >= 3 }" }] }, { role: staff, conditions: [{ if: true }] }',
  )
  it('must all hold', () => {
    expect(shows(found, 'c.id', embed({ attributes: { a: true, level: 3 } }))).toBe('open')
    for (const attributes of [
      {},
      { a: true },
      { level: 5 },
      { a: false, level: 5 },
      { a: true, level: 2 },
      { a: true, level: '3' },
    ])
      expect(shows(found, 'c.id', embed({ attributes: attributes as Security['attributes'] }))).toBe('hidden')
    expect(shows(found, 'c.id', user('staff'))).toBe('open')
  })
})

describe('member_level and member_masking', () => {
  it('opens, masks and hides', () => {
    const found = model(
      '{ role: "*", member_level: { includes: [id] }, member_masking: { includes: [secret, count] } }',
    )
    expect(shows(found, 'c.id', embed())).toBe('open')
    expect(shows(found, 'c.secret', embed())).toBe('masked')
    expect(shows(found, 'c.count', embed())).toBe('masked')
    expect(shows(found, 'c.some', embed())).toBe('hidden')
  })

  it('masks all that is not open, but never what is not public', () => {
    const found = model(
      '{ role: "*", member_level: { includes: [] }, member_masking: { includes: "*", excludes: [secret] } }',
    )
    expect(shows(found, 'c.id', embed())).toBe('masked')
    expect(shows(found, 'c.secret', embed())).toBe('hidden')
    expect(shows(found, 'c.hidden', embed())).toBe('hidden')
  })

  it('opens what any policy of the caller opens, and gives rows of a policy only to what it opens', () => {
    const found = model(
      '{ role: "*", member_level: { includes: [id] }, member_masking: { includes: "*" } }, { role: admin, member_level: { includes: "*" } }',
    )
    expect(shows(found, 'c.secret', embed())).toBe('masked')
    expect(shows(found, 'c.secret', user('admin'))).toBe('open')
    const [everyone, admin] = found.cubes.get('c')!.policies
    expect(policyAdmits(everyone!, 'secret', false)).toBe(false)
    expect(policyAdmits(everyone!, 'secret', true)).toBe(true)
    expect(policyAdmits(everyone!, 'id', false)).toBe(true)
    expect(policyAdmits(admin!, 'secret', false)).toBe(true)
  })

  it('reads excludes: "*" as nothing', () => {
    expect(shows(model('{ role: "*", member_level: { excludes: "*" } }'), 'c.id', embed())).toBe('hidden')
  })
})

describe('classification: pii', () => {
  it('masks the member and what shows its values, unless a policy names it', () => {
    const found = model('{ role: "*" }, { role: dpo, member_level: { includes: [email, count] } }')
    for (const name of ['c.email', 'c.domain', 'c.last_email', 'v.email', 'v.domain']) {
      expect([name, shows(found, name, embed())]).toEqual([name, 'masked'])
      expect([name, shows(found, name, user('admin'))]).toEqual([name, 'masked'])
    }
    expect(shows(found, 'c.email', user('dpo'))).toBe('open')
    expect(shows(found, 'c.domain', user('dpo'))).toBe('masked')
    expect(shows(found, 'c.emails', embed())).toBe('open')
    expect(shows(found, 'c.id', embed())).toBe('open')
  })

  it('masks it where there are no policies, and where a list excludes it or "*" stands for it', () => {
    expect(shows(model(''), 'c.email', user('owner'))).toBe('masked')
    expect(shows(model('{ role: "*", member_level: { includes: "*" } }'), 'c.email', user('owner'))).toBe('masked')
    expect(
      shows(model('{ role: "*", member_level: { includes: [email], excludes: [email] } }'), 'c.email', user()),
    ).toBe('hidden')
  })

  it('opens it in a view only where the view names it, and the cube’s policies too if it has any', () => {
    const inView = '{ role: "*", member_level: { includes: [email] } }'
    expect(shows(model('', inView), 'v.email', user())).toBe('open')
    expect(shows(model('', '{ role: "*" }'), 'v.email', user())).toBe('masked')
    expect(shows(model('{ role: "*" }', inView), 'v.email', user())).toBe('masked')
    expect(shows(model('{ role: "*", member_level: { includes: [email] } }', '{ role: "*" }'), 'v.email', user())).toBe(
      'masked',
    )
    expect(shows(model('{ role: "*", member_level: { includes: [email] } }', inView), 'v.email', user())).toBe('open')
  })
})

describe('views', () => {
  it('show what both the view and the cube show', () => {
    const found = model(
      '{ role: "*", member_level: { excludes: [secret] } }',
      '{ role: "*", member_level: { excludes: [count] } }',
    )
    expect(shows(found, 'v.id', embed())).toBe('open')
    expect(shows(found, 'v.secret', embed())).toBe('hidden')
    expect(shows(found, 'v.count', embed())).toBe('hidden')
    expect(shows(found, 'c.count', embed())).toBe('open')
  })

  it('are closed to callers whom no policy of theirs matches', () => {
    const found = model('{ role: "*" }', '{ role: staff }')
    expect(shows(found, 'v.id', embed())).toBe('hidden')
    expect(shows(found, 'v.id', user('staff'))).toBe('open')
  })

  it('mask where either masks', () => {
    const masking = '{ role: "*", member_level: { includes: [id] }, member_masking: { includes: [secret] } }'
    expect(shows(model(masking, '{ role: "*" }'), 'v.secret', embed())).toBe('masked')
    expect(shows(model('{ role: "*" }', masking), 'v.secret', embed())).toBe('masked')
    expect(shows(model('{ role: "*" }', masking), 'c.secret', embed())).toBe('open')
  })

  it('show members of a cube that is not public, and hidden members only by name', () => {
    const found = model('{ role: "*" }', '', 'public: false')
    expect(shows(found, 'c.id', embed())).toBe('hidden')
    expect(shows(found, 'v.id', embed())).toBe('open')
    expect(shows(found, 'v.hidden', embed())).toBe('hidden')
    expect(shows(found, 'named.hidden', embed())).toBe('open')
  })
})

describe('lists of a token', () => {
  const found = model('{ role: "*" }')
  it.each(['c.secret', 'v.secret'])('deny and mask %s under each of its names', (name) => {
    for (const asked of ['c.secret', 'v.secret']) {
      expect(shows(found, asked, embed({ deniedMembers: [name] }))).toBe('hidden')
      expect(shows(found, asked, embed({ maskedMembers: [name] }))).toBe('masked')
    }
    expect(shows(found, 'v.id', embed({ deniedMembers: [name], maskedMembers: [name] }))).toBe('open')
  })

  it('reach members made of those they name', () => {
    expect(shows(found, 'v.emails', embed({ deniedMembers: ['v.email'] }))).toBe('hidden')
    expect(shows(found, 'c.last_email', embed({ deniedMembers: ['c.email'] }))).toBe('hidden')
  })
})

describe('extends', () => {
  const base = (keys: string) =>
    read(`
cubes:
  - name: base
    sql_table: base
    public: false
    tenant_required: true
    dimensions: [{ name: id, type: number, sql: id }, { name: tenant, type: string, sql: tenant }]
    access_policy: [{ role: staff }, { role: "*", row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] } }]
  - name: heir
    extends: base
    ${keys}
`)

  it('keeps policies, visibility and a required tenant', () => {
    const { base: from, heir } = Object.fromEntries(base('').cubes)
    expect(heir!.isPublic).toBe(false)
    expect(heir!.tenantRequired).toBe(true)
    expect(heir!.policies.map(({ roles }) => roles)).toEqual([['staff'], ['*']])
    expect(heir!.policies[1]!.rule).toMatchObject({ kind: 'condition', dimension: { name: 'tenant' } })
    expect(from!.policies).toHaveLength(2)
  })

  it('lets an heir say otherwise, but not lose the tenant', () => {
    const heir = base('public: true\n    access_policy: [{ role: boss }]').cubes.get('heir')!
    expect(heir.isPublic).toBe(true)
    expect(heir.policies.map(({ roles }) => roles)).toEqual([['boss']])
    expect(() => base('access_policy: [{ role: "*" }]')).toThrow(/tenant_required: a policy for "\*" needs a row rule/)
    expect(() => base('tenant_required: false\n    access_policy: []')).toThrow(
      /tenant_required needs an access_policy/,
    )
  })

  it('keeps policies of views', () => {
    const { views } = read(`
cubes: [{ name: c, sql_table: c, dimensions: [{ name: id, type: number, sql: id }] }]
views:
  - { name: narrow, cubes: [{ join_path: c, includes: "*" }], access_policy: [{ role: staff }] }
  - { name: wide, extends: narrow, cubes: [] }
`)
    expect(views.get('wide')!.policies).toMatchObject([{ roles: ['staff'] }])
    expect([...views.get('wide')!.members.keys()]).toEqual(['id'])
  })
})

describe('tenant_required', () => {
  const cube = (policies: string) => () =>
    read(`
cubes:
  - name: c
    sql_table: c
    tenant_required: true
    dimensions: [{ name: tenant, type: string, sql: tenant }, { name: x, type: string, sql: x }]
    ${policies === '' ? '' : `access_policy: [${policies}]`}
`)
  const rule = (text: string) => `{ role: "*", row_level: { filters: [${text}] } }`
  const bound = '{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }'
  const loose = '{ member: x, operator: set }'

  it('accepts rules that every row meets by an attribute', () => {
    for (const policies of [
      rule(bound),
      rule(`${bound}, ${loose}`),
      rule(`{ or: [${bound}, { and: [${loose}, ${bound}] }] }`),
      `${rule(bound)}, { role: staff }`,
    ])
      expect(cube(policies)).not.toThrow()
  })

  it.each([
    ['no policy', ''],
    ['no rule', '{ role: "*" }'],
    ['every row', '{ role: "*", row_level: { allow_all: true } }'],
    ['a rule without an attribute', rule(loose)],
    ['a branch without one', rule(`{ or: [${bound}, ${loose}] }`)],
    ['a negated attribute', rule(bound.replace('equals', 'notEquals'))],
    ['an attribute beside a fixed value', rule(bound.replace('["{', '["all", "{'))],
    ['everyone among others', `{ groups: [staff, "*"] }`],
  ])('refuses %s', (_, policies) => {
    expect(cube(policies)).toThrow(/tenant_required/)
  })
})

describe('the address of a link', () => {
  const linked = (policies: string, dimension = '') =>
    read(`
cubes:
  - name: c
    sql_table: c
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: person, type: string, sql: person, links: [{ name: card, url: "concat('/', {CUBE}.id)" }]${dimension} }
    access_policy: [${policies}]
views:
  - { name: named, cubes: [{ join_path: c, includes: [{ name: person, alias: who }] }] }
  - { name: without, cubes: [{ join_path: c, prefix: true, includes: "*", excludes: [person] }] }
  - name: closed
    cubes: [{ join_path: c, includes: "*" }]
    access_policy: [{ role: "*", member_level: { includes: [id] } }]
`)
  const address = 'person___link_card_url'

  it('is open, masked or hidden as its dimension is', () => {
    const levels: [policy: string, dimension: string, shown: string][] = [
      ['{ role: "*" }', '', 'open'],
      ['{ role: "*", member_level: { includes: [person] } }', '', 'open'],
      ['{ role: "*", member_level: { excludes: [person] } }', '', 'hidden'],
      ['{ role: "*", member_level: { includes: [id] } }', '', 'hidden'],
      ['{ role: "*", member_level: { includes: [id] }, member_masking: { includes: [person] } }', '', 'masked'],
      ['{ role: "*" }', ', classification: pii', 'masked'],
      ['{ role: "*", member_level: { includes: [person] } }', ', classification: pii', 'open'],
      ['{ role: "*" }', ', public: false', 'hidden'],
    ]
    for (const [policy, dimension, shown] of levels) {
      const found = linked(policy, dimension)
      expect([policy, dimension, shows(found, 'c.person', embed())]).toEqual([policy, dimension, shown])
      expect([policy, dimension, shows(found, `c.${address}`, embed())]).toEqual([policy, dimension, shown])
    }
  })

  it('is hidden or masked by a token that hides or masks its dimension', () => {
    const found = linked('{ role: "*" }')
    expect(shows(found, `c.${address}`, embed({ deniedMembers: ['c.person'] }))).toBe('hidden')
    expect(shows(found, `c.${address}`, embed({ maskedMembers: ['c.person'] }))).toBe('masked')
    expect(shows(found, 'named.who___link_card_url', embed({ deniedMembers: ['c.person'] }))).toBe('hidden')
  })

  it('is in a view what its dimension is there', () => {
    const found = linked('{ role: "*" }')
    expect(shows(found, 'named.who___link_card_url', embed())).toBe('open')
    expect(findMember(found, `without.c_${address}`)).toBeUndefined()
    expect(shows(found, `closed.${address}`, embed())).toBe('hidden')
    expect(shows(found, 'closed.id', embed())).toBe('open')
    expect(shows(linked('{ role: "*", member_level: { includes: [id] } }'), 'named.who___link_card_url', embed())).toBe(
      'hidden',
    )
  })

  it('is refused where a member has its name already, or another link has', () => {
    const text = (dimension: string) => `cubes: [{ name: c, sql_table: c, dimensions: [${dimension}] }]`
    const links = 'links: [{ name: card, url: "\'/\'" }, { name: card, url: "\'/b\'" }]'
    expect(() => read(text(`{ name: person, type: string, sql: person, ${links} }`))).toThrow(
      /duplicate member: c\.person___link_card_url/,
    )
  })
})
