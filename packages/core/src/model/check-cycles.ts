import type { Cube } from './model.ts'

/** How members use each other. */
export interface Uses {
  /** Members whose SQL leads back to themselves, each as the names on the way: `['a.x', 'b.y', 'a.x']`. Each cycle once. */
  readonly cycles: readonly (readonly string[])[]
  /** Members that use others, each after those it uses: `a.x`. */
  readonly order: readonly string[]
}

/** Follows what the SQL of each member uses. */
export function followUses(cubes: ReadonlyMap<string, Cube>, cubeOfNode: ReadonlyMap<string, string>): Uses {
  const cycles: string[][] = []
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()

  const usesOf = (cubeName: string, name: string): readonly (readonly [string, string])[] =>
    (cubes.get(cubeName)?.members.get(name)?.uses ?? []).flatMap(({ node, member }) => {
      const target = node === undefined ? cubeName : cubeOfNode.get(node)
      return target === undefined ? [] : [[target, member] as const]
    })

  // A stack of our own: a chain of members may be as long as a model.
  const visit = (cubeName: string, name: string): void => {
    const path = [{ key: `${cubeName}.${name}`, uses: usesOf(cubeName, name), next: 0 }]
    state.set(path[0]!.key, 'open')
    while (path.length > 0) {
      const top = path.at(-1)!
      const use = top.uses[top.next]
      top.next += 1
      if (use === undefined) {
        state.set(top.key, 'done')
        if (top.uses.length > 0) order.push(top.key)
        path.pop()
        continue
      }
      const key = `${use[0]}.${use[1]}`
      const seen = state.get(key)
      if (seen === 'open') {
        const keys = path.map((step) => step.key)
        cycles.push([...keys.slice(keys.indexOf(key)), key])
      } else if (seen === undefined) {
        state.set(key, 'open')
        path.push({ key, uses: usesOf(use[0], use[1]), next: 0 })
      }
    }
  }

  for (const cube of cubes.values()) {
    for (const member of cube.members.values()) {
      if (member.uses.length > 0 && !state.has(`${cube.name}.${member.name}`)) visit(cube.name, member.name)
    }
  }
  return { cycles, order }
}
