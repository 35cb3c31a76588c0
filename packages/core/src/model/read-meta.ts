import type { CubeMeta, Meta } from '../schema/meta.ts'
import type { Security } from '../security.ts'
import { isMemberVisible } from './access.ts'
import { measureColumnType } from './column-type.ts'
import type { CubeNode, Model, Presentation } from './model.ts'

/** The model as a caller may see it: members it may not name are absent, as are cubes without any left. */
export function readMeta(model: Model, security: Security): Meta {
  const components = connectedComponents(model)
  const cubes: CubeMeta[] = []
  for (const node of model.nodes.values()) {
    const cube = readNode(model, node, security, components.get(node.name)!)
    if (cube.measures.length + cube.dimensions.length + cube.segments.length > 0) cubes.push(cube)
  }
  return { cubes }
}

function readNode(model: Model, node: CubeNode, security: Security, connectedComponent: number): CubeMeta {
  const { cube } = node
  const meta: CubeMeta = {
    name: node.name,
    title: node.title,
    ...(cube.description !== undefined && { description: cube.description }),
    measures: [],
    dimensions: [],
    segments: [],
    connectedComponent,
  }
  for (const member of cube.members.values()) {
    if (!isMemberVisible(model, node, member, security)) continue
    const base = {
      name: `${node.name}.${member.name}`,
      title: `${node.title} ${member.title}`,
      shortTitle: member.title,
      ...(member.description !== undefined && { description: member.description }),
    }
    if (member.kind === 'segment') meta.segments.push(base)
    else if (member.kind === 'measure') {
      meta.measures.push({
        ...base,
        ...shown(member.presentation),
        type: measureColumnType(member),
        aggType: member.type,
      })
    } else {
      meta.dimensions.push({
        ...base,
        ...shown(member.presentation),
        type: member.type,
        ...(member.isPrimaryKey && { primaryKey: true }),
      })
    }
  }
  return meta
}

function shown({ format, currency, unit }: Presentation) {
  return {
    ...(format !== undefined && { format }),
    ...(currency !== undefined && { currency }),
    ...(unit !== undefined && { unit }),
  }
}

/** Numbers cubes so that those connected by joins, in either direction, share a number. */
function connectedComponents(model: Model): ReadonlyMap<string, number> {
  const parent = new Map<string, string>([...model.nodes.keys()].map((name) => [name, name]))
  const rootOf = (name: string): string => {
    let root = name
    while (parent.get(root) !== root) root = parent.get(root)!
    parent.set(name, root)
    return root
  }
  for (const node of model.nodes.values())
    for (const join of node.cube.joins) parent.set(rootOf(join.target), rootOf(node.name))
  const numbers = new Map<string, number>()
  const components = new Map<string, number>()
  for (const name of model.nodes.keys()) {
    const root = rootOf(name)
    if (!numbers.has(root)) numbers.set(root, numbers.size + 1)
    components.set(name, numbers.get(root)!)
  }
  return components
}
