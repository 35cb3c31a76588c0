/** Freezes plain data and everything in it. What is already frozen must be so in every part: it is not looked into. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) for (const part of value) freezeDeep(part)
  else for (const name in value) freezeDeep(value[name])
  return Object.freeze(value)
}
