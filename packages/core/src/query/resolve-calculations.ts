import { measureColumnType } from '../model/column-type.ts'
import { titleOfName } from '../model/member-title.ts'
import type { Measure, Presentation } from '../model/model.ts'
import type { ComparedType } from '../model/operator-fit.ts'
import { CALCULATION_PREFIX, type Calculation } from '../schema/query.ts'
import { checkExpression, membersOf } from './expression/check-expression.ts'
import type { ExpressionType } from './expression/functions.ts'
import { parseExpression } from './expression/parse-expression.ts'
import type { ExpressionProblem } from './expression/tokenize.ts'
import type { MemberFinder } from './member-finder.ts'
import type { QueryProblems } from './query-problems.ts'
import type { QueryTerms } from './query-terms.ts'
import type { Position, ResolvedCalculation } from './resolved-query.ts'

/** Reads a query's calculations. Measures they use and the query does not show become hidden columns. */
export function resolveCalculations(
  calculations: readonly Calculation[],
  terms: QueryTerms,
  finder: MemberFinder,
  problems: QueryProblems,
): readonly ResolvedCalculation[] {
  const names = new Set<string>()
  const masked = new Set<Position>()
  return calculations.flatMap((calculation, index) => {
    const path = `calculations[${index}]`
    if (names.has(calculation.name))
      problems.add('invalid_request', `${path}.name`, `${calculation.name} is named twice`)
    names.add(calculation.name)
    const report = ({ message }: ExpressionProblem) => problems.add('invalid_request', `${path}.expression`, message)

    const node = parseExpression(calculation.expression)
    if ('message' in node) {
      report(node)
      return []
    }
    const checked = checkExpression<Position>(node, (name) => {
      if (name.startsWith(`${CALCULATION_PREFIX}.`)) return { problem: `${name}: a calculation cannot use another` }
      const found = finder.findMeasure(name)
      if ('problem' in found) return found
      const member = terms.measure(found)
      if (found.isMasked) masked.add(member)
      return { member, type: measureType(found.member) }
    })
    if ('problems' in checked) {
      checked.problems.forEach(report)
      return []
    }
    const { expression } = checked
    return [
      {
        name: `${CALCULATION_PREFIX}.${calculation.name}`,
        title: calculation.title ?? titleOfName(calculation.name),
        expression,
        presentation: presentationOf(calculation),
        isMasked: [...membersOf(expression)].some((member) => masked.has(member)),
      },
    ]
  })
}

const TYPES = {
  string: 'text',
  geo: 'text',
  boolean: 'boolean',
  time: 'time',
  integer: 'number',
  number: 'number',
  decimal: 'number',
} as const

function measureType(measure: Measure): ExpressionType {
  return TYPES[measureColumnType(measure)]
}

const COMPARED = { text: 'string', boolean: 'boolean', time: 'time', number: 'number' } as const

/** What a condition on a measure compares. */
export function comparedMeasure(measure: Measure): ComparedType {
  return COMPARED[measureType(measure)]
}

/** What a condition on a calculation compares. */
export function comparedCalculation({ expression }: ResolvedCalculation): ComparedType {
  return COMPARED[expression.type]
}

function presentationOf({ format, currency, unit, fractionDigits }: Calculation): Presentation {
  return {
    ...(format !== undefined && { format }),
    ...(currency !== undefined && { currency }),
    ...(unit !== undefined && { unit }),
    ...(fractionDigits !== undefined && { fractionDigits }),
  }
}
