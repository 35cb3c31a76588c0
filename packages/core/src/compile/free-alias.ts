import type { Model } from '../model/model.ts'

/** A name for something that is no cube, in a select where cubes are named: no cube or role has it in any case. */
export function freeAlias(model: Model, wanted: string): string {
  let alias = wanted
  while (isTaken(model, alias)) alias += '_'
  return alias
}

function isTaken(model: Model, alias: string): boolean {
  if (model.nodes.has(alias)) return true
  const lower = alias.toLowerCase()
  for (const name of model.nodes.keys()) if (name.length === lower.length && name.toLowerCase() === lower) return true
  return false
}
