import { html } from 'lit'
import { formatMs, formatShare } from './format-amounts.ts'
import type { QueryRecord } from './query-log-api.ts'

const STAGES = [
  { name: 'plan', title: 'Plan', hint: 'From the question to a statement' },
  { name: 'wait', title: 'Wait', hint: 'Until the data source had a place' },
  { name: 'database', title: 'Database', hint: 'The statement itself' },
  { name: 'convert', title: 'Convert', hint: 'From rows to bytes' },
  { name: 'send', title: 'Send', hint: 'Until the client had taken them' },
] as const

/** A stage of a query and its part of the whole. */
export interface Stage {
  readonly name: string
  readonly title: string
  readonly hint: string
  readonly ms: number
}

/** Where the time of a query went. What no stage counted, such as looking into the cache, is the last one. */
export function stagesOf({ ms, count }: Pick<QueryRecord, 'ms' | 'count'>): readonly Stage[] {
  const stages = STAGES.map((stage) => ({ ...stage, ms: ms[stage.name] })).filter((stage) => stage.ms > 0)
  const rest = ms.total / count - stages.reduce((sum, stage) => sum + stage.ms, 0)
  const isSeen = rest > ms.total / count / 1_000 && rest > 0
  const other = {
    name: 'other',
    title: stages.length === 0 ? 'Cache' : 'Other',
    hint: 'Looking into the cache and the rest',
    ms: rest,
  }
  return isSeen ? [...stages, other] : stages
}

/** The stages as one bar, with their figures below. */
export function renderStages(record: QueryRecord) {
  const stages = stagesOf(record)
  const all = stages.reduce((sum, { ms }) => sum + ms, 0)
  return html`<div class="stage-bar" aria-hidden="true">${stages.filter(({ ms }) => ms >= all / 200).map(({ name, ms }) => html`<i class=${`stage-${name}`} data-share=${all === 0 ? 0 : ms / all}></i>`)}</div>
    <ul class="stages">
      ${stages.map(({ name, title, hint, ms }) => html`<li title=${hint}><i class=${`dot stage-${name}`}></i><span>${title}</span><span class="number">${formatMs(ms)}</span><span class="number muted">${formatShare(ms, all)}</span></li>`)}
    </ul>`
}
