/** What an expression gives. */
export type ExpressionType = 'number' | 'text' | 'boolean' | 'time'

/** What a function takes: `same` is any one type, shared by all arguments marked so, and by the result. */
type ArgumentType = ExpressionType | 'same'

/** How a function may be called. */
export interface FunctionShape {
  /** Types of the arguments; the last is that of all further ones. */
  readonly takes: readonly ArgumentType[]
  readonly fewest: number
  readonly most: number
  readonly gives: ArgumentType
}

const MANY = 16

const number = (fewest: number, most = fewest): FunctionShape => ({ takes: ['number'], fewest, most, gives: 'number' })

/**
 * Every function of the expression grammar; nothing else can be called. In every database alike:
 * a null argument gives null, except where `coalesce`, `nullif` and `if` pick another; numbers out of a function's domain give null
 * (`sqrt(-1)`, `ln(0)`, `power(0, -1)`, `exp` and `power` past 1e300, `mod(1, 0)`). `round(x, digits)` goes half away from zero and
 * takes whole digits from -15 to 15, written out.
 * `least` and `greatest` are null when one argument is. `if(c, a)` is null unless `c` holds; `mod` keeps the sign of its first
 * argument and is also written `%`.
 */
export const EXPRESSION_FUNCTIONS = {
  abs: number(1),
  round: number(1, 2),
  floor: number(1),
  ceil: number(1),
  sign: number(1),
  sqrt: number(1),
  ln: number(1),
  exp: number(1),
  power: number(2),
  mod: number(2),
  coalesce: { takes: ['same'], fewest: 2, most: MANY, gives: 'same' },
  nullif: { takes: ['same'], fewest: 2, most: 2, gives: 'same' },
  least: { takes: ['same'], fewest: 2, most: MANY, gives: 'same' },
  greatest: { takes: ['same'], fewest: 2, most: MANY, gives: 'same' },
  if: { takes: ['boolean', 'same'], fewest: 2, most: 3, gives: 'same' },
} as const satisfies Readonly<Record<string, FunctionShape>>

export type ExpressionFunction = keyof typeof EXPRESSION_FUNCTIONS

/** The shape of a function, or `undefined` for a name that is none; names of objects' own properties are none. */
export function findFunction(
  name: string,
): { readonly name: ExpressionFunction; readonly shape: FunctionShape } | undefined {
  const lower = name.toLowerCase()
  if (!Object.hasOwn(EXPRESSION_FUNCTIONS, lower)) return undefined
  const known = lower as ExpressionFunction
  return { name: known, shape: EXPRESSION_FUNCTIONS[known] }
}
