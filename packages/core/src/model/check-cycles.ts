import type { Cube } from './model.ts'

/** Members whose SQL leads back to themselves, each as the names on the way: `['a.x', 'b.y', 'a.x']`. Each cycle once. */
export function findCycles(cubes: ReadonlyMap<string, Cube>, cubeOfNode: ReadonlyMap<string, string>): string[][] {
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []

  const visit = (cube: Cube, name: string): void => {
    const member = cube.members.get(name)
    if (member === undefined || member.uses.length === 0) return
    const key = `${cube.name}.${name}`
    const seen = state.get(key)
    if (seen === 'done') return
    if (seen === 'open') {
      cycles.push([...path.slice(path.indexOf(key)), key])
      return
    }
    state.set(key, 'open')
    path.push(key)
    for (const use of member.uses) {
      const target = use.node === undefined ? cube : cubes.get(cubeOfNode.get(use.node) ?? '')
      if (target !== undefined) visit(target, use.member)
    }
    path.pop()
    state.set(key, 'done')
  }

  for (const cube of cubes.values()) for (const name of cube.members.keys()) visit(cube, name)
  return cycles
}
