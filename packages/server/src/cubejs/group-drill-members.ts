import { findMember, type Model } from '@datainsight/core/model'

/** Drill members apart by kind: the client spreads this into the query it drills down with. */
export function groupDrillMembers(
  model: Model,
  drillMembers: readonly string[],
): { readonly measures: readonly string[]; readonly dimensions: readonly string[] } {
  const isMeasure = (name: string) => findMember(model, name)?.member.kind === 'measure'
  return {
    measures: drillMembers.filter(isMeasure),
    dimensions: drillMembers.filter((name) => !isMeasure(name)),
  }
}
