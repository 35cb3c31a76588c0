import type { Formatter } from '@datainsight/core/format'
import { html, nothing, type TemplateResult } from 'lit'
import type { ChartMessages } from './chart-messages.ts'
import type { ChartTable } from './compiled-chart.ts'

/** Rows shown at most; a chart's reader looks values up, the table element is for the rest. */
const MAX_ROWS = 500

/** The chart's data as a table. */
export function renderChartTable(
  table: ChartTable,
  label: string,
  messages: ChartMessages,
  formatter: Formatter,
): TemplateResult {
  const rows = Math.min(MAX_ROWS, table.rowCount)
  return html`<div class="table-scroller" part="table" tabindex="0" role="region" aria-label=${label}>
    <table>
      <thead>
        <tr>${table.columns.map(({ title, numeric }) => html`<th scope="col" class=${numeric ? 'numeric' : nothing}>${title}</th>`)}</tr>
      </thead>
      <tbody>
        ${Array.from({ length: rows }, (_, index) => renderRow(table, index))}
      </tbody>
    </table>
    ${rows < table.rowCount ? html`<p class="table-note">${messages.rowsLeftOut(formatter.count(rows), formatter.count(table.rowCount))}</p>` : nothing}
  </div>`
}

function renderRow(table: ChartTable, index: number): TemplateResult {
  return html`<tr>${table
    .row(index)
    .map((text, at) =>
      at === 0
        ? html`<th scope="row" class=${table.columns[at]?.numeric ? 'numeric' : nothing}>${text}</th>`
        : html`<td class=${table.columns[at]?.numeric ? 'numeric' : nothing}>${text}</td>`,
    )}</tr>`
}
