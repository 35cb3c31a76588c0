import type { Meta } from '@datainsight/core'
import { html, nothing } from 'lit'
import { ICONS } from '../styles/icons.ts'
import { formatCompact } from './format-amounts.ts'
import { memberNames } from './member-titles.ts'
import { ORIGINS } from './origins.ts'
import type { FilterName, QueriesState } from './queries-state.ts'
import type { QueryGroups } from './query-log-api.ts'

/** What the filters show and do. */
export interface FilterBarOptions {
  readonly choice: QueriesState
  /** What there is; undefined while nobody knows. */
  readonly sources: QueryGroups | undefined
  readonly tenants: QueryGroups | undefined
  readonly meta: Meta | undefined
  readonly choose: (change: Partial<QueriesState>) => void
}

interface Option {
  readonly value: string
  readonly title: string
}

/** One control for each filter, and a way to be rid of all. */
export function renderFilters({ choice, sources, tenants, meta, choose }: FilterBarOptions) {
  const { filters } = choice
  const set = (name: FilterName, value: string) => {
    const { [name]: _, ...others } = filters
    choose({ filters: value === '' ? others : { ...others, [name]: value } })
  }
  const select = (name: FilterName, all: string, label: string, options: readonly Option[]) =>
    renderSelect(label, all, withChosen(options, filters[name]), filters[name] ?? '', (value) => set(name, value))
  const listed = (groups: QueryGroups | undefined, title: (key: string) => string) =>
    (groups?.items ?? []).map(({ key, count }) => ({ value: key, title: `${title(key)} (${formatCompact(count)})` }))
  const count = Object.keys(filters).length
  return html`<div class="filters" role="group" aria-label="Filters">
    <div class="member-filter">
      ${ICONS.search}
      <input type="search" list="members" aria-label="Member" placeholder="Member" autocomplete="off" spellcheck="false" .value=${filters.member ?? ''} @change=${(event: Event) => set('member', (event.target as HTMLInputElement).value.trim())} />
      <datalist id="members">${memberNames(meta).map((name) => html`<option value=${name}></option>`)}</datalist>
    </div>
    ${select(
      'source',
      'Any source',
      'Data source',
      listed(sources, (key) => key),
    )}
    ${select(
      'tenant',
      'Any tenant',
      'Tenant',
      listed(tenants, (key) => `Tenant ${key.slice(0, 6)}`),
    )}
    ${select(
      'cache',
      'Any answer',
      'Answered from',
      ORIGINS.map(({ origin, title }) => ({ value: origin, title })),
    )}
    ${select('status', 'Any outcome', 'Outcome', [
      { value: 'ok', title: 'Succeeded' },
      { value: 'failed', title: 'Failed' },
    ])}
    ${select('caller', 'Any caller', 'Caller', [
      { value: 'user', title: 'People' },
      { value: 'api-key', title: 'API keys' },
      { value: 'embed', title: 'Embed tokens' },
    ])}
    ${count > 0 ? html`<button class="button clear" @click=${() => choose({ filters: {} })}>${ICONS.close}Clear ${count === 1 ? 'filter' : `${count} filters`}</button>` : nothing}
  </div>`
}

function renderSelect(
  label: string,
  all: string,
  options: readonly Option[],
  chosen: string,
  choose: (value: string) => void,
) {
  return html`<span class=${`select ${chosen === '' ? '' : 'chosen'}`}>
    <select aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${chosen === ''}>${all}</option>
      ${options.map(({ value, title }) => html`<option value=${value} ?selected=${value === chosen}>${title}</option>`)}
    </select>
    ${ICONS.chevron}
  </span>`
}

/** What the address names is offered also when nobody asked it in the period. */
function withChosen(options: readonly Option[], chosen: string | undefined): readonly Option[] {
  if (chosen === undefined || options.some(({ value }) => value === chosen)) return options
  return [...options, { value: chosen, title: chosen }]
}
