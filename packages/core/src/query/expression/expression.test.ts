import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkExpression, membersOf } from './check-expression.ts'
import { EXPRESSION_FUNCTIONS } from './functions.ts'
import { MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_NODES, parseExpression, type SyntaxNode } from './parse-expression.ts'
import { printExpression } from './print-expression.ts'

const TYPES = new Map([
  ['orders.count', 'number'],
  ['orders.revenue', 'number'],
  ['orders.label', 'text'],
  ['orders.first_at', 'time'],
  ['orders.is_late', 'boolean'],
] as const)

function parsed(source: string): SyntaxNode {
  const node = parseExpression(source)
  if ('message' in node) throw new Error(node.message)
  return node
}

/** The tree as text with every bracket, or the first problem with its place. */
function read(source: string): string {
  const node = parseExpression(source)
  if ('message' in node) return `${node.at}: ${node.message}`
  const checked = checkExpression(node, (name) => {
    const type = [...TYPES].find(([known]) => known === name)?.[1]
    return type === undefined ? { problem: `unknown measure: ${name}` } : { member: name, type }
  })
  if ('problems' in checked) return `${checked.problems[0]!.at}: ${checked.problems[0]!.message}`
  return `${checked.expression.type}: ${full(node)}`
}

function full(node: SyntaxNode): string {
  switch (node.kind) {
    case 'number':
    case 'text':
      return node.kind === 'text' ? `'${node.text}'` : node.text
    case 'member':
      return node.name
    case 'call':
      return `${node.function}(${node.args.map(full).join(',')})`
    case 'negate':
      return `(-${full(node.argument)})`
    case 'not':
      return `(not ${full(node.argument)})`
    default:
      return `(${full(node.left)}${'operator' in node ? ` ${node.operator} ` : ''}${full(node.right)})`
  }
}

describe('what an expression means', () => {
  it.each([
    ['orders.revenue / orders.count', 'number: (orders.revenue / orders.count)'],
    ['1+2*3-4', 'number: ((1 + (2 * 3)) - 4)'],
    ['8 / 4 / 2', 'number: ((8 / 4) / 2)'],
    ['2 - -orders.count', 'number: (2 - (-orders.count))'],
    ['-2 * 3', 'number: ((-2) * 3)'],
    ['(1 + 2) * .5', 'number: ((1 + 2) * .5)'],
    ['7 % 2', 'number: mod(7,2)'],
    ['1.5e3', 'number: 1.5e3'],
    [
      "if(orders.count > 10 and not orders.is_late or 1 = 2, 'many', 'it''s few')",
      "text: if((((orders.count > 10) and (not orders.is_late)) or (1 = 2)),'many','it's few')",
    ],
    ['ROUND(orders.revenue, 2) <> 3 AND 1 != 2', 'boolean: ((round(orders.revenue,2) <> 3) and (1 <> 2))'],
    ['round(orders.revenue, -15)', 'number: round(orders.revenue,(-15))'],
    ['not not orders.is_late', 'boolean: (not (not orders.is_late))'],
    ["coalesce(orders.label, 'none')", "text: coalesce(orders.label,'none')"],
    ['if(orders.is_late, orders.count)', 'number: if(orders.is_late,orders.count)'],
    ['orders.first_at = orders.first_at', 'boolean: (orders.first_at = orders.first_at)'],
    ['12345678901234567890123456789012345678', 'number: 12345678901234567890123456789012345678'],
  ])('%s', (source, expected) => {
    expect(read(source)).toBe(expected)
  })
})

describe('what is no expression', () => {
  it.each([
    ['', '1: the expression ends too early, at character 1'],
    ['orders.count +', '15: the expression ends too early, at character 15'],
    ['(orders.count', '1: the bracket opened at character 1 is not closed'],
    ['orders.count)', '13: unexpected ) at character 13'],
    ['orders.count orders.count', '14: unexpected orders.count at character 14'],
    ['revenue', '1: unknown name at character 1: revenue; a measure is written cube.measure'],
    ['orders.nothing', '1: unknown measure: orders.nothing, at character 1'],
    ['1 < 2 < 3', '7: comparisons do not chain, at character 7; join them with and'],
    ['1 +\n1.2.3', '5: a malformed number at character 5'],
    ['1abc', '1: a malformed number at character 1'],
    ["'open", '1: the text that starts at character 1 does not end'],
    ['"orders"', '1: unexpected character " at character 1'],
    ['and', '1: unexpected and at character 1'],
    ['1 + or', '5: unexpected or at character 5'],
    ["orders.count + 'a'", "16: + wants a number and 'a' is a text, at character 16"],
    ['orders.label = 1', '16: = wants a text and 1 is a number, at character 16'],
    ['if(orders.count, 1, 2)', '4: if wants true or false and orders.count is a number, at character 4'],
    ["if(orders.is_late, 1, 'a')", "23: if wants a number and 'a' is a text, at character 23"],
    ['-(orders.is_late)', '3: - wants a number and orders.is_late is true or false, at character 3'],
    ['abs()', '1: abs at character 1 takes 1 argument, not 0'],
    ['round(1, 2, 3)', '1: round at character 1 takes 1 to 2 arguments, not 3'],
    ['round(1, 16)', '10: round wants whole digits from -15 to 15, not 16, at character 10'],
    ['round(1, -1e18)', '10: round wants whole digits from -15 to 15, not -1e18, at character 10'],
    ['round(1, 0.5)', '10: round wants whole digits from -15 to 15, not 0.5, at character 10'],
    ['round(1, orders.count)', '10: round wants whole digits from -15 to 15, not orders.count, at character 10'],
    ['nullif(1)', '1: nullif at character 1 takes 2 arguments, not 1'],
    [
      '1234567890123456789012345678901234567890',
      '1: 1234567890123456789012345678901234567890 has more digits than a number holds, at character 1',
    ],
  ])('%j', (source, expected) => {
    expect(read(source)).toBe(expected)
  })

  it('names every unknown measure and misfit at once', () => {
    const checked = checkExpression(parsed("a.b + c.d * 'x'"), (name) => ({ problem: `unknown measure: ${name}` }))
    expect('problems' in checked && checked.problems.map(({ at }) => at)).toEqual([1, 7, 13])
  })
})

describe('SQL-10: nothing but the grammar gets in', () => {
  it.each<[string, number]>([
    ['sum(1)) from secrets --', 22],
    ['sum(1)) from secrets', 1],
    ['orders.count) from secrets', 13],
    ['pg_sleep(10)', 1],
    ['orders.count; drop table orders', 13],
    ['orders.count -- comment', 14],
    ['orders.count /* comment */', 14],
    ['su/**/m(orders.count)', 3],
    ['query_to_xml(1)', 1],
    ["dblink('x')", 1],
    ['lo_export(1, 2)', 1],
    ["current_setting('x')", 1],
    ["set_config('a', 'b', 'c')", 1],
    ["nextval('s')", 1],
    ["pg_notify('a', 'b')", 1],
    ['pg_terminate_backend(1)', 1],
    ["read_csv('/etc/passwd')", 1],
    ["query('select 1')", 1],
    ["getvariable('x')", 1],
    ["LOAD_FILE('/etc/passwd')", 1],
    ['SLEEP(5)', 1],
    ['BENCHMARK(1, 2)', 1],
    ["'a' INTO OUTFILE '/tmp/x'", 5],
    ['select 1', 1],
    ['(select 1)', 2],
    ['orders.count from secrets', 14],
    ['orders.count::text', 13],
    ['orders.count || 1', 14],
    ['$1', 1],
    ['?', 1],
    ['@version', 1],
    ['`orders`.count', 1],
    ['[orders].count', 1],
    ['"orders"."count"', 1],
    ['orders.count\u0000', 13],
    ['orders.count\u00a0+ 1', 13],
    ['orders.count + \u2019a\u2019', 16],
    ['orders.count \u2212 1', 14],
    ['ord\u0435rs.count', 4],
    ['\u202eorders.count', 1],
    ['1 + \u{1f600}', 5],
    ["E'\\x27'", 1],
    ["U&'\\0027'", 2],
    ['constructor(1)', 1],
    ['__proto__(1)', 1],
    ['toString(1)', 1],
    ['hasOwnProperty(1)', 1],
  ])('%j is refused at %i', (source, at) => {
    const node = parseExpression(source)
    expect(node).toMatchObject({ at, message: expect.stringContaining(`character ${at}`) })
  })

  it('takes a backslash and a comment in a text for what they are', () => {
    expect(parsed("'a\\'")).toMatchObject({ kind: 'text', text: 'a\\' })
    expect(parsed("'-- /* ; $1'")).toMatchObject({ kind: 'text', text: '-- /* ; $1' })
  })
})

describe('size', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`
  it('bounds the depth of brackets, calls and signs', () => {
    expect(parseExpression(nested(MAX_EXPRESSION_DEPTH))).toMatchObject({ kind: 'number' })
    const tooDeep = { message: expect.stringMatching(/nested deeper than 32/) }
    expect(parseExpression(nested(MAX_EXPRESSION_DEPTH + 1))).toMatchObject(tooDeep)
    expect(parseExpression(nested(1_000))).toMatchObject(tooDeep)
    expect(parseExpression(`${'abs('.repeat(999)}1${')'.repeat(999)}`)).toMatchObject(tooDeep)
    expect(parseExpression(`${'- '.repeat(999)}1`)).toMatchObject(tooDeep)
    expect(parseExpression(`${'not '.repeat(499)}1=1`)).toMatchObject(tooDeep)
  })

  it('bounds the number of parts', () => {
    const sum = (terms: number) => Array.from({ length: terms }, () => '1').join('+')
    expect(parseExpression(sum(MAX_EXPRESSION_NODES / 2))).toMatchObject({ kind: 'arithmetic' })
    expect(parseExpression(sum(MAX_EXPRESSION_NODES / 2 + 1))).toMatchObject({
      message: expect.stringMatching(/more than 200 parts/),
    })
  })
})

describe('printing', () => {
  const { node } = fc.letrec<{ node: SyntaxNode }>((tie) => {
    const part = tie('node')
    const at = fc.constant(0)
    return {
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ kind: fc.constant('number' as const), text: fc.constantFrom('0', '1.5', '20'), at }),
        fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom('', "it's", 'a'), at }),
        fc.record({ kind: fc.constant('member' as const), name: fc.constantFrom('a.b', 'c.d'), at }),
        fc.record({
          kind: fc.constant('call' as const),
          function: fc.constant('coalesce' as const),
          args: fc.tuple(part, part),
          at,
        }),
        fc.record({ kind: fc.constantFrom('negate' as const, 'not' as const), argument: part, at }),
        fc.record({
          kind: fc.constant('arithmetic' as const),
          operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
          left: part,
          right: part,
          at,
        }),
        fc.record({
          kind: fc.constant('compare' as const),
          operator: fc.constantFrom('=' as const, '<>' as const, '<=' as const),
          left: part,
          right: part,
          at,
        }),
        fc.record({
          kind: fc.constant('logic' as const),
          operator: fc.constantFrom('and' as const, 'or' as const),
          left: part,
          right: part,
          at,
        }),
      ),
    }
  })

  it('writes what reads as the same tree', () => {
    fc.assert(
      fc.property(node, (tree) => {
        const text = printExpression(tree)
        fc.pre(!text.endsWith('…'))
        expect(full(parsed(text))).toBe(full(tree))
      }),
      { numRuns: 500 },
    )
  })

  it('shortens', () => {
    expect(printExpression(parsed(Array.from({ length: 40 }, () => 'a.b').join(' + ')))).toHaveLength(60)
  })
})

it('never fails on hostile text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('(', ')', "'", 'a.b', '+', '--', '/*', 'abs', ',', '1', ' ', 'and', 'not', '<', 'if'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const source = pieces.join('')
      const node = parseExpression(source)
      if ('message' in node) expect(node.message).toMatch(new RegExp(`character ${node.at}\\b|more than 200 parts`))
      else expect([...collectMembers(node)].every((name) => source.includes(name))).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

function collectMembers(node: SyntaxNode): Generator<string> {
  const checked = checkExpression(node, (name) => ({ member: name, type: 'number' as const }))
  return 'expression' in checked
    ? membersOf(checked.expression)
    : membersOf<string>({ kind: 'value', type: 'number', value: { type: 'integer', value: 0 } })
}

it('lists functions by names of its own only', () => {
  expect(Object.keys(EXPRESSION_FUNCTIONS).sort()).toEqual([
    'abs',
    'ceil',
    'coalesce',
    'exp',
    'floor',
    'greatest',
    'if',
    'least',
    'ln',
    'mod',
    'nullif',
    'power',
    'round',
    'sign',
    'sqrt',
  ])
})
