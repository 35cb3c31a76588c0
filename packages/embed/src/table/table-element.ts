import type { Cell, Query, ResultSet, TableSpec } from '@datainsight/core'
import { html, nothing, svg, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { QueryController } from '../controllers/query-controller.ts'
import { DataInsightElement } from '../element.ts'
import { DataClickEvent, ErrorEvent, SortEvent } from '../events.ts'
import { describeError } from '../state/describe-error.ts'
import { describeWarnings } from '../state/describe-warnings.ts'
import { renderSkeleton } from '../state/render-skeleton.ts'
import { renderEmpty, renderFault } from '../state/render-state.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { RowWindow } from './row-window.ts'
import { nextSort, type Sort, sortRows } from './sort-rows.ts'
import { type TableColumn, tableColumns } from './table-columns.ts'
import { tableStyles } from './table-styles.ts'

const ROW_HEIGHT = { comfortable: 36, compact: 28 } as const

const SORT_ICONS = {
  asc: svg`<path d="M6 10V2M2.5 5.5 6 2l3.5 3.5"/>`,
  desc: svg`<path d="M6 2v8M2.5 6.5 6 10l3.5-3.5"/>`,
}

/** Addresses a link may lead to; anything else is shown as text. */
const SAFE_LINK = /^(?:https?:|mailto:)/i

/**
 * A table of a result: sortable, with a header that stays, and as many rows as the result has.
 *
 * @fires {SortEvent} di-sort - The viewer sorts; cancelable.
 * @fires {DataClickEvent} di-data-click - A row was chosen by a click or by Enter; cancelable.
 * @fires {ErrorEvent} di-error - The query failed.
 * @csspart base - Everything.
 * @csspart header-cell - A column's heading.
 * @csspart cell - A cell.
 * @csspart note - The line that says that rows or values are missing.
 * @csspart error - An error, forbidden or offline state.
 * @csspart empty - The empty state.
 * @csspart skeleton - The placeholder.
 * @cssstate compact - Rows are low.
 */
export class TableElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, tableStyles]

  /** The answer to show; asked for by `query` when not given. */
  @property({ attribute: false }) result: ResultSet | undefined

  /** A question of its own, asked through the provider around. */
  @property({ attribute: false }) query: Query | undefined

  /** Columns, their titles and bars, and the density; all columns of the result when absent. */
  @property({ attribute: false }) spec: TableSpec | undefined

  /** What the table shows, for assistive technology. */
  @property() label: string | undefined

  /** Order of the rows; the result's own when undefined. Set by the viewer's presses on the headings too. */
  @property({ attribute: false }) sort: Sort | undefined

  /** Tile that the element stands in; empty elsewhere. */
  @property({ attribute: 'tile-id' }) tileId = ''

  readonly #asking = new QueryController(
    this,
    () => ({ client: this.context.value?.client, query: this.result ? undefined : this.query }),
    (error) => this.#report(error),
  )
  readonly #window = new RowWindow(this, {
    scroller: () => this.renderRoot.querySelector<HTMLElement>('.scroller'),
    rowHeight: () => this.#rowHeight,
    keep: () => (this.#active.row > 0 ? this.#active.row - 1 : undefined),
  })
  /** The cell that Tab leads to. Row 0 is the header. */
  #active = { row: 0, column: 0 }
  #columns: readonly TableColumn[] = []
  #order: Uint32Array | undefined
  #made: readonly unknown[] = []
  #fullText: { readonly text: string; readonly cell: HTMLElement } | undefined
  #status = ''

  protected override willUpdate(): void {
    const result = this.#shown
    const isCompact = this.spec?.density === 'compact'
    this.toggleState('compact', isCompact)
    const inputs = [result, JSON.stringify(this.spec), this.formatting, this.sort?.member, this.sort?.direction]
    if (inputs.every((input, index) => input === this.#made[index])) return
    if (result !== this.#made[0]) this.#active = { row: 0, column: 0 }
    this.#made = inputs
    this.#columns = result ? tableColumns(result, this.spec, this.formatting, 13) : []
    this.#order = result && this.sort ? sortRows(result, this.sort, this.formatting.locale) : undefined
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed)
    const columns = this.renderRoot.querySelectorAll<HTMLElement>('col')
    let total = 0
    for (const [index, { width }] of this.#columns.entries()) {
      columns[index]?.style.setProperty('width', `${width}px`)
      total += width
    }
    this.renderRoot.querySelector('table')?.style.setProperty('min-width', `${total}px`)
    for (const spacer of this.renderRoot.querySelectorAll<HTMLElement>('.spacer')) {
      spacer.style.setProperty('height', `${spacer.dataset.height}px`)
    }
    this.#placeFullText()
  }

  protected override render(): TemplateResult {
    const { messages } = this
    if (!this.result && this.#asking.status === 'error') {
      return renderFault(describeError(this.#asking.error, messages), { messages, onRetry: () => this.#asking.retry() })
    }
    const result = this.#shown
    if (!result) return renderSkeleton('table', messages.loading)
    if (result.meta.rowCount === 0) return renderEmpty({ title: messages.empty.title, text: messages.table.empty })
    return this.#renderTable(result)
  }

  #renderTable(result: ResultSet): TemplateResult {
    const { messages } = this
    const { rowCount, truncated, total } = result.meta
    const warnings = describeWarnings(result, messages)
    const isBusy = !this.result && this.#asking.status === 'pending'
    const format = this.formatting
    return html`<div class="base" part="base">
      <div class="scroller ${isBusy ? 'dimmed' : ''}" @scroll=${this.#hideFullText}>
        <table
          role="grid"
          aria-label=${this.label ?? messages.table.label}
          aria-rowcount=${rowCount + 1}
          aria-colcount=${this.#columns.length}
          aria-busy=${isBusy ? 'true' : 'false'}
          @keydown=${this.#onKeydown}
          @focusin=${this.#onFocus}
          @focusout=${this.#hideFullText}
          @pointerover=${this.#onPoint}
          @copy=${this.#onCopy}
        >
          <colgroup>${this.#columns.map(() => html`<col />`)}</colgroup>
          <thead><tr aria-rowindex="1">${this.#columns.map((column, index) => this.#renderHeading(column, index))}</tr></thead>
          <tbody>${this.#renderRows(rowCount)}</tbody>
        </table>
      </div>
      ${
        truncated
          ? html`<div class="note" part="note">${messages.table.truncated(format.count(rowCount), total === undefined ? undefined : format.count(total))}</div>`
          : nothing
      }
      ${warnings ? html`<div class="note" part="note">${warnings}</div>` : nothing}
      <div class="full-text" aria-hidden="true" ?hidden=${!this.#fullText}>${this.#fullText?.text}</div>
      <div class="visually-hidden" role="status">${this.#status}</div>
    </div>`
  }

  #renderHeading({ column, title, isNumber }: TableColumn, index: number): TemplateResult {
    const direction = this.sort?.member === column.name ? this.sort.direction : undefined
    const next = nextSort(column, this.sort)
    const words = this.messages.table
    const hint =
      next === undefined
        ? words.sortNone(title)
        : next.direction === 'asc'
          ? words.sortAscending(title)
          : words.sortDescending(title)
    return html`<th
      scope="col"
      part="header-cell"
      class=${isNumber ? 'number' : ''}
      aria-colindex=${index + 1}
      aria-sort=${direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
    ><button class="sort" type="button" title=${column.description ? `${column.description}\n${hint}` : hint} data-row="0" data-column=${index}
        tabindex=${this.#tabIndex(0, index)} @click=${() => this.#toggleSort(index)}
      ><span>${title}</span><svg viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SORT_ICONS[direction ?? next?.direction ?? 'asc']}</svg></button></th>`
  }

  /** One keyed list of rows and room: the row with the focus must never be taken out and put back. */
  #renderRows(count: number): unknown {
    return repeat(
      this.#window.items(count),
      (item) => (typeof item === 'number' ? item : `space before ${item.before}`),
      (item) =>
        typeof item === 'number'
          ? this.#renderRow(item)
          : html`<tr class="spacer" aria-hidden="true" data-height=${item.height}><td colspan=${this.#columns.length}></td></tr>`,
    )
  }

  #renderRow(row: number): TemplateResult {
    const source = this.#order?.[row] ?? row
    return html`<tr aria-rowindex=${row + 2} @click=${() => this.#choose(source)}>${this.#columns.map((column, index) => this.#renderCell(column, source, row, index))}</tr>`
  }

  #renderCell(
    { column, cells, isNumber, barMax }: TableColumn,
    source: number,
    row: number,
    index: number,
  ): TemplateResult {
    const cell = cells[source] ?? null
    const text = this.formatting.value(column, cell)
    return html`<td
      part="cell"
      class=${`${isNumber ? 'number' : ''} ${barMax ? 'bar' : ''}`}
      aria-colindex=${index + 1}
      data-row=${row + 1}
      data-column=${index}
      tabindex=${this.#tabIndex(row + 1, index)}
      >${barMax ? renderBar(cell, barMax) : nothing}${column.format === 'link' ? renderLink(text) : text}</td>`
  }

  #tabIndex(row: number, column: number): number {
    return this.#active.row === row && this.#active.column === column ? 0 : -1
  }

  get #shown(): ResultSet | undefined {
    return this.result ?? this.#asking.result
  }

  get #rowHeight(): number {
    return ROW_HEIGHT[this.spec?.density ?? 'comfortable']
  }

  #toggleSort(index: number): void {
    const column = this.#columns[index]
    if (!column) return
    const next = nextSort(column.column, this.sort)
    if (!this.dispatchEvent(new SortEvent(column.column.name, next?.direction))) return
    this.sort = next
    this.#status = this.messages.table.sorted(column.title, next?.direction)
  }

  #choose(source: number): void {
    // A drag that selects text ends in a click as well.
    if (!getSelection()?.isCollapsed) return
    const datum = Object.fromEntries(this.#columns.map(({ column, cells }) => [column.name, cells[source] ?? null]))
    this.dispatchEvent(new DataClickEvent(this.tileId, datum, Object.keys(datum)))
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { row, column } = this.#active
    const lastRow = this.#shown?.meta.rowCount ?? 0
    const lastColumn = this.#columns.length - 1
    const isRtl = getComputedStyle(this).direction === 'rtl'
    const forward = isRtl ? -1 : 1
    const isControl = event.ctrlKey || event.metaKey
    const page = Math.max(
      1,
      Math.floor((this.renderRoot.querySelector('.scroller')?.clientHeight ?? 0) / this.#rowHeight) - 2,
    )
    const moves: Record<string, [number, number]> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + forward],
      ArrowLeft: [row, column - forward],
      PageDown: [row + page, column],
      PageUp: [Math.max(Math.min(row, 1), row - page), column],
      Home: [isControl ? 1 : row, 0],
      End: [isControl ? lastRow : row, lastColumn],
    }
    if (event.key === 'Enter' && row > 0) {
      this.#choose(this.#order?.[row - 1] ?? row - 1)
      return
    }
    if (event.key === 'Escape') this.#hideFullText()
    const move = moves[event.key]
    if (!move || event.altKey || event.shiftKey) return
    event.preventDefault()
    this.#active = {
      row: Math.min(lastRow, Math.max(0, move[0])),
      column: Math.min(lastColumn, Math.max(0, move[1])),
    }
    if (this.#active.row > 0) this.#window.scrollTo(this.#active.row - 1)
    this.requestUpdate()
    void this.updateComplete.then(() => {
      const target = this.#cellAt(this.#active.row, this.#active.column)
      target?.focus({ preventScroll: true })
      this.#reveal(target)
    })
  }

  /** Scrolls just enough that neither the sticky header nor an edge hides the cell. */
  #reveal(cell: HTMLElement | null): void {
    const scroller = this.renderRoot.querySelector('.scroller')
    if (!cell || !scroller) return
    const box = (cell.closest('th') ?? cell).getBoundingClientRect()
    const view = scroller.getBoundingClientRect()
    if (this.#active.row > 0) {
      const top = view.top + this.#rowHeight
      const bottom = view.top + scroller.clientHeight
      if (box.top < top) scroller.scrollTop -= top - box.top
      else if (box.bottom > bottom) scroller.scrollTop += box.bottom - bottom
    }
    if (box.left < view.left) scroller.scrollLeft -= view.left - box.left
    else if (box.right > view.right) scroller.scrollLeft += box.right - view.right
  }

  #cellAt(row: number, column: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
  }

  readonly #onFocus = (event: Event): void => {
    const cell = cellOf(event)
    if (!cell) return
    const row = Number(cell.dataset.row)
    const column = Number(cell.dataset.column)
    if (row !== this.#active.row || column !== this.#active.column) {
      this.#active = { row, column }
      this.requestUpdate()
    }
    if (row > 0 && cell.scrollWidth > cell.clientWidth) {
      this.#fullText = { text: cell.textContent ?? '', cell }
      this.requestUpdate()
    }
  }

  /** The browser's own hint, only for text that is cut off. */
  readonly #onPoint = (event: Event): void => {
    const cell = cellOf(event)
    if (cell?.localName !== 'td') return
    if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent ?? ''
    else cell.removeAttribute('title')
  }

  readonly #hideFullText = (): void => {
    if (!this.#fullText) return
    this.#fullText = undefined
    this.requestUpdate()
  }

  #placeFullText(): void {
    const panel = this.renderRoot.querySelector<HTMLElement>('.full-text')
    const base = this.renderRoot.querySelector('.base')
    if (!panel || !base || !this.#fullText) return
    const cell = this.#fullText.cell.getBoundingClientRect()
    const around = base.getBoundingClientRect()
    const left = Math.max(8, Math.min(cell.left - around.left, around.width - panel.offsetWidth - 8))
    const below = cell.bottom - around.top + 2
    const fits = below + panel.offsetHeight <= around.height
    panel.style.setProperty('left', `${left}px`)
    panel.style.setProperty('top', `${fits ? below : cell.top - around.top - panel.offsetHeight - 2}px`)
  }

  /** Without a selection, the focused cell is what a viewer means to copy. */
  readonly #onCopy = (event: ClipboardEvent): void => {
    if (!getSelection()?.isCollapsed || this.#active.row === 0) return
    const cell = this.#cellAt(this.#active.row, this.#active.column)
    if (!cell) return
    event.clipboardData?.setData('text/plain', cell.textContent ?? '')
    event.preventDefault()
  }

  #report(error: unknown): void {
    const { code, status, retryable, requestId, message } = describeError(error, this.messages)
    const tileId = this.tileId || undefined
    this.dispatchEvent(new ErrorEvent({ code, status, retryable, requestId, scope: 'element', tileId, message }))
  }
}

/** The cell, or heading button, that an event came from. One listener serves a table of any size. */
function cellOf(event: Event): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>('[data-row]')
}

function renderBar(cell: Cell, max: number): TemplateResult {
  const share = cell === null ? 0 : Math.min(1, Math.abs(Number(cell)) / max)
  return html`<svg aria-hidden="true"><rect width=${`${(share * 100).toFixed(2)}%`} height="100%" rx="2" fill="currentColor" /></svg>`
}

function renderLink(text: string): TemplateResult | string {
  return SAFE_LINK.test(text.trim())
    ? html`<a href=${text} rel="noopener noreferrer" target="_blank" tabindex="-1">${text}</a>`
    : text
}
