import type { Scalar } from '../schema/common.ts'
import type { Security } from '../security.ts'
import type { AttributeRef } from './model.ts'

/**
 * The values of a caller's attribute; `undefined` when it is missing, null, empty, or holds anything but plain values. A path of
 * several steps is followed through objects, else taken as one name with dots in it.
 */
export function attributeValues(security: Security, { attribute, path }: AttributeRef): readonly Scalar[] | undefined {
  const { attributes } = security
  let value: unknown = attributes
  for (const key of path) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
  if (value === undefined && path.length > 1 && Object.hasOwn(attributes, attribute)) value = attributes[attribute]
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.length > 0 && list.every(isUsable) ? list : undefined
}

function isUsable(value: unknown): value is Scalar {
  return (
    (typeof value === 'string' && value !== '' && !value.includes('\0')) ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    typeof value === 'boolean'
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
