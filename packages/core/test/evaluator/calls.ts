import type { Formula } from './evaluate.ts'
import type { Cell } from './world.ts'

interface Shape {
  /** How it is written. */
  readonly text: (...args: string[]) => string
  readonly value: (...args: Cell[]) => Cell
}

const ofNumbers =
  (compute: (...args: number[]) => number) =>
  (...args: Cell[]): Cell => {
    if (args.includes(null)) return null
    const value = compute(...args.map(Number))
    return Number.isFinite(value) ? value : null
  }

const ofOrder = (holds: (a: number, b: number) => boolean) => ofNumbers((a, b) => Number(holds(a, b)))
const written =
  (name: string) =>
  (...args: string[]) =>
    `${name}(${args.join(', ')})`
const between = (sign: string) => (a: string, b: string) => `${a} ${sign} ${b}`

/**
 * Calls that give a number, of numbers. Nulls spread, but where the function is about them; what has no answer is null. Powers stay
 * small, and only whole numbers are divided with a rest: databases round in their own ways.
 */
export const NUMBER_CALLS = {
  add: { text: between('+'), value: ofNumbers((a, b) => a + b) },
  subtract: { text: between('-'), value: ofNumbers((a, b) => a - b) },
  multiply: { text: between('*'), value: ofNumbers((a, b) => a * b) },
  divide: { text: between('/'), value: ofNumbers((a, b) => a / b) },
  rest: { text: (a, b) => `floor(${a}) % ceil(${b})`, value: ofNumbers((a, b) => Math.floor(a) % Math.ceil(b)) },
  mod: { text: (a, b) => `mod(ceil(${a}), floor(${b}))`, value: ofNumbers((a, b) => Math.ceil(a) % Math.floor(b)) },
  coalesce: { text: written('coalesce'), value: (a, b) => a ?? b! },
  nullif: { text: written('nullif'), value: (a, b) => (a === b ? null : a!) },
  least: { text: written('least'), value: ofNumbers(Math.min) },
  greatest: { text: written('greatest'), value: ofNumbers(Math.max) },
  power: { text: (a, b) => `power(${a}, least(${b}, 2))`, value: ofNumbers((a, b) => a ** Math.min(b, 2)) },
} as const satisfies Record<string, Shape>

/** The same of one number. */
export const SINGLE_CALLS = {
  minus: { text: (a) => `-${a}`, value: ofNumbers((a) => -a) },
  abs: { text: written('abs'), value: ofNumbers(Math.abs) },
  floor: { text: written('floor'), value: ofNumbers(Math.floor) },
  ceil: { text: written('ceil'), value: ofNumbers(Math.ceil) },
  round: { text: written('round'), value: ofNumbers((a) => Math.sign(a) * Math.round(Math.abs(a))) },
  sign: { text: written('sign'), value: ofNumbers(Math.sign) },
  sqrt: { text: written('sqrt'), value: ofNumbers(Math.sqrt) },
  ln: { text: written('ln'), value: ofNumbers(Math.log) },
  exp: { text: (a) => `exp(least(${a}, 3))`, value: ofNumbers((a) => Math.exp(Math.min(a, 3))) },
} as const satisfies Record<string, Shape>

/** Comparisons of two numbers: 1, 0 or null. */
export const COMPARISONS = {
  equal: { text: between('='), value: ofOrder((a, b) => a === b) },
  differ: { text: between('<>'), value: ofOrder((a, b) => a !== b) },
  under: { text: between('<'), value: ofOrder((a, b) => a < b) },
  upTo: { text: between('<='), value: ofOrder((a, b) => a <= b) },
  over: { text: between('>'), value: ofOrder((a, b) => a > b) },
  from: { text: between('>='), value: ofOrder((a, b) => a >= b) },
} as const satisfies Record<string, Shape>

/** Conditions made of conditions, some by way of texts. */
export const LOGIC = {
  and: {
    text: between('and'),
    value: (a, b) => (a === 0 || b === 0 ? 0 : a === null || b === null ? null : 1),
  },
  or: { text: between('or'), value: (a, b) => (a === 1 || b === 1 ? 1 : a === null || b === null ? null : 0) },
  not: { text: (a) => `not ${a}`, value: (a) => (a === null ? null : 1 - Number(a)) },
  told: { text: (a) => `coalesce(if(${a}, 'it''s'), 'no') = 'it''s'`, value: (a) => (a === 1 ? 1 : 0) },
  same: {
    text: (a, b) => `if(${a}, 'x', 'y') >= if(${b}, 'x', 'y')`,
    value: (a, b) => Number((a === 1 ? 'x' : 'y') >= (b === 1 ? 'x' : 'y')),
  },
} as const satisfies Record<string, Shape>

/** Numbers that conditions choose. */
export const CHOICES = {
  when: { text: written('if'), value: (test, a) => (test === 1 ? a! : null) },
  either: { text: written('if'), value: (test, a, b) => (test === 1 ? a! : b!) },
} as const satisfies Record<string, Shape>

const CALLS = { ...NUMBER_CALLS, ...SINGLE_CALLS, ...COMPARISONS, ...LOGIC, ...CHOICES }
export type Call = keyof typeof CALLS

export function called(name: Call, args: readonly Cell[]): Cell {
  const shape: Shape = CALLS[name]
  return shape.value(...args)
}

/** Whether a calculation gives true or false. */
export function isTest(formula: Formula): boolean {
  return formula.kind === 'call' && (formula.name in COMPARISONS || formula.name in LOGIC)
}

export function formulaText(formula: Formula): string {
  if (formula.kind === 'measure') return formula.name
  if (formula.kind === 'number') return formula.value < 0 ? `(${formula.value})` : String(formula.value)
  const shape: Shape = CALLS[formula.name]
  return shape.text(...formula.args.map((arg) => (arg.kind === 'call' ? `(${formulaText(arg)})` : formulaText(arg))))
}
