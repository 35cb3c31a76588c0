import { describe, expect, it } from 'vitest'
import type { Security } from '../security.ts'
import { attributeTestHolds } from './attribute-test.ts'
import { parseAttributeTest } from './parse-attribute-test.ts'

function holds(text: string, attributes: Record<string, unknown>): boolean {
  const test = parseAttributeTest(text)
  if (typeof test === 'string') throw new Error(test)
  return attributeTestHolds(test, { attributes } as Security)
}

describe('what a condition asks', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['{ securityContext.x }', { x: true }, true],
    ['{ securityContext.x }', { x: false }, false],
    ['{ securityContext.x }', { x: 0 }, false],
    ['{ securityContext.x }', { x: 'yes' }, true],
    ['{ securityContext.x }', { x: 'false' }, false],
    ['{securityContext.x}', { x: true }, true],
    ['$' + '{ userAttributes.x }', { x: true }, true],
    ['securityContext.x', { x: true }, true],
    ['{ !securityContext.x }', { x: false }, true],
    ['!{ securityContext.x }', { x: true }, false],
    ['not { security_context.x }', { x: false }, true],
    ['{ securityContext.level >= 3 }', { level: 3 }, true],
    ['{ securityContext.level } > 3', { level: 3 }, false],
    ['3 < { securityContext.level }', { level: 4 }, true],
    ["{ securityContext.team == 'red' }", { team: 'red' }, true],
    ["{ securityContext.team } === 'red'", { team: ['blue', 'red'] }, true],
    ["{ securityContext.team != 'red' }", { team: ['blue', 'red'] }, false],
    ["{ securityContext.team != 'red' }", { team: ['blue'] }, true],
    ['{ securityContext.flag == true }', { flag: true }, true],
    ['{ securityContext.a && securityContext.b }', { a: true, b: false }, false],
    ['{ securityContext.a || securityContext.b }', { a: false, b: true }, true],
    [
      '{ securityContext.a } and ({ securityContext.b } or { securityContext.c })',
      { a: true, b: false, c: true },
      true,
    ],
    ['{ securityContext.org.unit.name } == "x"', { org: { unit: { name: 'x' } } }, true],
    ['{ securityContext.org.unit } == "x"', { 'org.unit': 'x' }, true],
    ['true', {}, true],
    ['{ false }', {}, false],
  ])('%s of %j is %j', (text, attributes, expected) => {
    expect(holds(text, attributes)).toBe(expected)
  })

  it.each<[string, Record<string, unknown>]>([
    ['{ securityContext.x }', {}],
    ['{ !securityContext.x }', {}],
    ['!({ securityContext.x } && { securityContext.y })', { y: true }],
    ["{ securityContext.x != 'a' }", {}],
    ["{ securityContext.x != 'a' }", { x: null }],
    ["{ securityContext.x != 'a' }", { x: '' }],
    ["{ securityContext.x != 'a' }", { x: [] }],
    ["{ securityContext.x != 'a' }", { x: 5 }],
    ['{ securityContext.x == 5 }', { x: '5' }],
    ['{ securityContext.x < true }', { x: false }],
    ['{ securityContext.x.y }', { x: 'text' }],
    ['{ securityContext.toString }', {}],
    ['{ !securityContext.__proto__ }', {}],
    ['{ !securityContext.x }', Object.create({ x: false }) as Record<string, unknown>],
  ])('%s is not opened by %j, which does not answer it', (text, attributes) => {
    expect(holds(text, attributes)).toBe(false)
  })

  it('is decided by the part that is known', () => {
    expect(holds('{ securityContext.a } or { securityContext.b }', { a: true })).toBe(true)
    expect(holds('not ({ securityContext.a } and { securityContext.b })', { a: false })).toBe(true)
  })
})

describe('what is no condition', () => {
  it.each([
    ['', /ends too early/],
    ['{ }', /is not expected here/],
    ['{ securityContext }', /is not an attribute/],
    ['{ request.user }', /is not an attribute/],
    ["{ securityContext.groups.includes('x') }", /is not expected here|not understood/],
    ['{ securityContext.a b }', /not expected|never closed/],
    ['{ securityContext.a', /never closed/],
    ['( { securityContext.a } }', /never closed/],
    ['{ securityContext.a == securityContext.b }', /a comparison is of an attribute and a value/],
    ['1 == 1', /a comparison is of an attribute and a value/],
    ["'text'", /alone is no condition/],
    ['{ securityContext.a; drop }', /is not understood/],
    ['{ securityContext.a } ?? 1', /is not understood/],
    [`${'!'.repeat(40)}{ securityContext.a }`, /nests at most/],
    [`${'('.repeat(40)}true${')'.repeat(40)}`, /nests at most/],
    [Array(100).fill('{ securityContext.a }').join(' && '), /at most 120 words/],
  ])('%s', (text, message) => {
    expect(parseAttributeTest(text)).toMatch(message)
  })
})
