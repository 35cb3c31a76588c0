import type { Column } from '@datainsight/core'
import { findMember, type Model } from '@datainsight/core/model'
import { toCubeFormat, toCubeType } from './cube-types.ts'
import { describeGranularity } from './describe-granularity.ts'
import { groupDrillMembers } from './group-drill-members.ts'
import { granularityOf } from './to-rows.ts'

type Annotations = Record<string, Record<string, unknown>>

/** What the client shows instead of member names. */
export interface QueryAnnotations {
  readonly measures: Annotations
  readonly dimensions: Annotations
  readonly segments: Annotations
  readonly timeDimensions: Annotations
}

/** Titles, types and formats of an answer's columns and of the segments it was asked with. */
export function annotate(model: Model, columns: readonly Column[], segments: readonly string[]): QueryAnnotations {
  const annotations: QueryAnnotations = { measures: {}, dimensions: {}, segments: {}, timeDimensions: {} }
  for (const column of columns) {
    const about = { ...titlesOf(model, column.name), ...describe(column) }
    if (column.kind === 'measure') {
      const drillMembers = column.drillMembers ?? []
      annotations.measures[column.name] = {
        ...about,
        drillMembers,
        drillMembersGrouped: groupDrillMembers(model, drillMembers),
      }
    } else if (column.kind === 'time') {
      const granularity = describeGranularity(model, column.name, granularityOf(column)!)
      annotations.timeDimensions[`${column.name}.${granularity.name}`] = { ...about, granularity }
      annotations.timeDimensions[column.name] = about
    } else annotations.dimensions[column.name] = about
  }
  for (const name of segments) annotations.segments[name] = { ...titlesOf(model, name) }
  return annotations
}

function describe(column: Column): Record<string, unknown> {
  const format = toCubeFormat(column.format)
  return {
    ...(column.description !== undefined && { description: column.description }),
    type: toCubeType(column.type),
    ...(format !== undefined && { format }),
    ...(column.currency !== undefined && { currency: column.currency }),
  }
}

/** `title` starts with the cube's, as everywhere in Cube; `shortTitle` is the member's alone. */
function titlesOf(model: Model, name: string): { title: string; shortTitle: string } {
  const found = findMember(model, name)
  if (found === undefined) return { title: name, shortTitle: name }
  return { title: `${found.node.title} ${found.member.title}`, shortTitle: found.member.title }
}
