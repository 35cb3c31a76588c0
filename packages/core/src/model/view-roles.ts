import type { Cube, CubeNode, Join, SqlReference, SqlTemplate } from './model.ts'
import { MAX_IDENTIFIER_BYTES } from './table-name.ts'

/** A cube that a view reaches in a second way: a role that no query can name, joined to the node the way comes from. */
interface ViewRole {
  readonly name: string
  readonly parent: string
  readonly target: string
}

/** The roles that views need so that each of their ways has a node of its own; equal ways share one. */
export class ViewRoles {
  readonly #cubeOfNode: ReadonlyMap<string, string>
  readonly #isTaken: (name: string) => boolean
  readonly #roles = new Map<string, ViewRole>()
  readonly #cubes = new Map<string, string>()

  /** `isTaken`: names of views. */
  constructor(cubeOfNode: ReadonlyMap<string, string>, isTaken: (name: string) => boolean) {
    this.#cubeOfNode = cubeOfNode
    this.#isTaken = isTaken
  }

  /** The role of `target`, which a join of `parent` leads to. */
  roleOf(parent: string, target: string): string {
    const key = `${parent} ${target}`
    let role = this.#roles.get(key)
    if (role === undefined) {
      role = { name: this.#freeName(`${parent}_${target}`), parent, target }
      this.#roles.set(key, role)
      this.#cubes.set(role.name, this.cubeOf(target)!)
    }
    return role.name
  }

  /** The cube behind a node, roles of views included. */
  cubeOf(node: string): string | undefined {
    return this.#cubes.get(node) ?? this.#cubeOfNode.get(node)
  }

  /** Adds the nodes, each with the join that leads to it, to those of the model. */
  addTo(nodes: Map<string, CubeNode>, cubes: ReadonlyMap<string, Cube>): void {
    for (const { name, target } of this.#roles.values()) {
      const { title, titles, cube } = nodes.get(target)!
      nodes.set(name, { name, title, ...(titles !== undefined && { titles }), cube, isRole: true, isOfView: true })
    }
    for (const { name, parent, target } of this.#roles.values()) {
      const from = nodes.get(parent)!
      const join = cubes.get(this.cubeOf(parent)!)!.joins.find((one) => one.target === target)!
      nodes.set(parent, { ...from, viewJoins: [...(from.viewJoins ?? []), rejoined(join, name)] })
    }
    for (const node of nodes.values()) Object.freeze(node)
  }

  #freeName(wanted: string): string {
    // Names are ASCII: a character is a byte.
    const base = wanted.slice(0, MAX_IDENTIFIER_BYTES - 3)
    const isTaken = (name: string) => this.cubeOf(name) !== undefined || this.#isTaken(name)
    let name = base
    for (let count = 2; isTaken(name); count++) name = `${base}_${count}`
    return name
  }
}

/** A join that leads to the same cube in another role. */
function rejoined(join: Join, target: string): Join {
  const pieces = join.sql.pieces.map((piece): string | SqlReference =>
    typeof piece === 'object' && piece.node === join.target ? { ...piece, node: target } : piece,
  )
  const sql: SqlTemplate = Object.freeze({ ...join.sql, pieces: Object.freeze(pieces) })
  return Object.freeze({ ...join, target, sql })
}
