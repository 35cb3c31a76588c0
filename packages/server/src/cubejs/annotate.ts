import type { Column, Security } from '@datainsight/core'
import { type FoundMember, findMember, type Model } from '@datainsight/core/model'
import { annotateGranularity } from './annotate-granularity.ts'
import { toCubeFormat, toCubeType } from './cube-types.ts'
import { drillMembersOf, groupDrillMembers } from './drill-members.ts'
import { memberTitles } from './member-titles.ts'
import { granularityOf } from './to-rows.ts'

type Annotations = Record<string, Record<string, unknown>>

/** What the client shows instead of member names. */
export interface QueryAnnotations {
  readonly measures: Annotations
  readonly dimensions: Annotations
  readonly segments: Annotations
  readonly timeDimensions: Annotations
}

/** A column of an answer with one of its buckets, when it is grouped by time and has rows. */
export interface AnnotatedColumn {
  readonly column: Column
  readonly bucket: string | undefined
}

/** Titles, types and formats of an answer's columns and of the segments it was asked with. */
export function annotate(
  model: Model,
  columns: readonly AnnotatedColumn[],
  segments: readonly string[],
  security: Security,
): QueryAnnotations {
  const annotations: QueryAnnotations = { measures: {}, dimensions: {}, segments: {}, timeDimensions: {} }
  for (const { column, bucket } of columns) {
    const { name } = column
    const found = findMember(model, name)
    if (found === undefined) continue
    const about = describe(found, column)
    if (column.kind === 'measure') {
      annotations.measures[name] = { ...about, ...groupDrillMembers(model, drillMembersOf(model, found, security)) }
      continue
    }
    const granularity = granularityOf(column)
    if (column.kind !== 'time' || granularity === undefined || found.member.kind !== 'dimension') {
      annotations.dimensions[name] = about
      continue
    }
    annotations.timeDimensions[`${name}.${granularity}`] = {
      ...about,
      granularity: annotateGranularity(found.member, granularity, bucket),
    }
    annotations.timeDimensions[name] = about
  }
  for (const name of segments) {
    const found = findMember(model, name)
    if (found !== undefined) annotations.segments[name] = memberTitles(found)
  }
  return annotations
}

function describe(found: FoundMember, column: Column): Record<string, unknown> {
  const { member, viewMember } = found
  const pattern = member.kind === 'segment' ? undefined : (viewMember ?? member).formatPattern
  const format = toCubeFormat(column.format, pattern, column.type)
  const { meta } = viewMember ?? member
  return {
    ...memberTitles(found),
    ...(column.description !== undefined && { description: column.description }),
    type: toCubeType(column.type),
    ...(format !== undefined && { format }),
    ...(column.currency !== undefined && { currency: column.currency }),
    ...(meta !== undefined && { meta }),
  }
}
