import type { CubeNode, Member, Model } from '../model/model.ts'
import { isPlainColumn } from './fact.ts'
import type { JoinTree, TreeJoin } from './join-tree.ts'
import { memberExpression } from './member-expression.ts'
import type { Condition, Expression } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planRollupSource, type RollupRows } from './plan-source.ts'

/**
 * The cubes that a fact is joined to, and the rules that hide rows of them from the caller. A hidden row joins as nothing: its
 * columns are null, and so are those of what is joined to it. A rollup has the values of all rows, so they are taken away again
 * where the rules, tested on columns of the rollup, do not hold.
 */
export class JoinedRules {
  readonly joins: readonly TreeJoin[]
  readonly #context: PlanContext
  readonly #limited: ReadonlySet<string>

  constructor({ joins }: JoinTree, context: PlanContext) {
    this.joins = joins
    this.#context = context
    this.#limited = new Set(joins.flatMap(({ to }) => (context.source(to).where === undefined ? [] : [to.name])))
  }

  get isLimited(): boolean {
    return this.#limited.size > 0
  }

  /** Dimensions that the rules test. */
  get ruleMembers(): readonly string[] {
    return this.joins.flatMap(({ to }) =>
      this.#limited.has(to.name) ? planRollupSource(to, undefined, this.#context).source.ruleMembers : [],
    )
  }

  /** Why the rules cannot be told from columns: a join that finds rows also where the one it starts from is hidden. */
  get obstacle(): string | undefined {
    const loose = this.joins.find((join) => this.#hides(join.from.name) && !isPlainEquation(join, this.#context))
    return loose && `${loose.to.name} is joined to rows that may be hidden by more than an equation of columns`
  }

  /** Why values of a member cannot be told from what is stored of it: they are made of rows that may be hidden. */
  misfit(node: CubeNode, member: Member): string | undefined {
    const { expression, needs } = memberExpression(this.#context.model, node, member)
    const hidden = [node.name, ...needs.map((need) => need.node)].find((name) => this.#hides(name))
    if (hidden === undefined || (member.kind === 'dimension' && isPlainColumn(expression))) return undefined
    return `${node.name}.${member.name} is made of rows of ${hidden}, some of which are hidden from this caller`
  }

  /** A stored value of a dimension, null where the row it comes from is hidden. */
  visible(node: CubeNode, member: Member, rollup: RollupRows, column: Expression): Expression {
    const conditions = this.#rules(homeOf(node, member, this.#context.model), rollup)
    if (conditions.length === 0) return column
    return { kind: 'case', whens: [{ condition: { kind: 'and', conditions }, value: column }], otherwise: undefined }
  }

  /** What hides rows of the fact: an inner join to a hidden row. */
  conditions(rollup: RollupRows): readonly Condition[] {
    const inner = this.joins.filter(({ join }) => join.type === 'inner')
    const names = new Set(inner.flatMap(({ to }) => this.#limitedOnWay(to.name)))
    return [...names].flatMap((name) => this.#rule(name, rollup))
  }

  #rules(node: string, rollup: RollupRows): readonly Condition[] {
    return this.#limitedOnWay(node).flatMap((name) => this.#rule(name, rollup))
  }

  #rule(name: string, rollup: RollupRows): readonly Condition[] {
    const node = this.#context.model.nodes.get(name)!
    const { where } = planRollupSource(node, rollup, this.#context).source
    return where === undefined ? [] : [where]
  }

  #hides(node: string): boolean {
    return this.#limitedOnWay(node).length > 0
  }

  /** Cubes with rules on the way from the fact to a node, itself included. */
  #limitedOnWay(node: string): readonly string[] {
    const way: string[] = []
    for (let at: string | undefined = node; at !== undefined; ) {
      if (this.#limited.has(at)) way.push(at)
      at = this.joins.find(({ to }) => to.name === at)?.from.name
    }
    return way
  }
}

/** Whether a join compares a column of the one side with one of the other: nothing equals the null of a row that is not there. */
function isPlainEquation({ from, to, join }: TreeJoin, { model }: PlanContext): boolean {
  const homes: string[] = []
  const text = join.sql.pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    if (piece.kind !== 'member' && piece.kind !== 'alias') return ';'
    const node = piece.node === undefined ? from : model.nodes.get(piece.node)!
    const member = piece.kind === 'member' ? node.cube.members.get(piece.member) : undefined
    const isColumn = member !== undefined && isPlainColumn(memberExpression(model, node, member).expression)
    if (piece.kind === 'member' && (!isColumn || piece.granularity !== undefined)) return ';'
    homes.push(member === undefined ? node.name : homeOf(node, member, model))
    return member === undefined ? '§' : '§.c'
  })
  const isEquation = /^\s*§\.(?:\w+|"[^"]+")\s*=\s*§\.(?:\w+|"[^"]+")\s*$/.test(text.join(''))
  return isEquation && homes.includes(from.name) && homes.includes(to.name)
}

/** The cube whose column a dimension is. */
function homeOf(node: CubeNode, member: Member, model: Model): string {
  const { expression } = memberExpression(model, node, member)
  if (!isPlainColumn(expression) || expression.kind !== 'sql') return node.name
  const alias = expression.pieces.find((piece) => typeof piece === 'object')
  return alias?.kind === 'alias' ? alias.alias : node.name
}
