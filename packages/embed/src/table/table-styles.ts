import { css } from 'lit'

/** Styles of the table. Needs `themeStyles` and `stateStyles`. */
export const tableStyles = css`
  :host {
    display: block;
    --_tr: 36px;
    --_cell-padding: 16px;
    min-inline-size: 0;
  }
  :host(:state(compact)) {
    --_tr: 28px;
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
    min-block-size: 0;
  }
  .scroller {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain auto;
    scrollbar-width: thin;
    border-end-start-radius: calc(var(--_radius) - 1px);
    border-end-end-radius: calc(var(--_radius) - 1px);
  }
  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    block-size: var(--_tr);
    padding: 0 var(--_cell-padding);
    overflow: hidden;
    border-block-end: 1px solid var(--_color-divider);
    font-weight: 400;
    line-height: 20px;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .number {
    text-align: end;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 0;
    background: var(--_color-surface);
    border-block-end-color: var(--_color-border);
  }
  .sort {
    display: flex;
    align-items: center;
    gap: 4px;
    inline-size: 100%;
    block-size: var(--_tr);
    margin: 0;
    padding: 0 var(--_cell-padding);
    border: 0;
    background: none;
    color: var(--_color-text-muted);
    font: inherit;
    font-size: var(--_size-small);
    font-weight: 500;
    text-align: inherit;
    cursor: pointer;
  }
  .number .sort {
    flex-direction: row-reverse;
  }
  .sort:hover,
  th[aria-sort='ascending'] .sort,
  th[aria-sort='descending'] .sort {
    color: var(--_color-text);
  }
  .sort:focus-visible,
  td:focus-visible {
    outline-offset: -2px;
    border-radius: 4px;
  }
  .sort span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sort svg {
    flex: none;
    inline-size: 12px;
    block-size: 12px;
    opacity: 0;
  }
  .sort:hover svg,
  .sort:focus-visible svg {
    opacity: 0.5;
  }
  th[aria-sort='ascending'] .sort svg,
  th[aria-sort='descending'] .sort svg {
    opacity: 1;
  }
  tbody tr:hover td {
    background: color-mix(in srgb, var(--_color-text) 3%, var(--_color-surface));
  }
  tbody tr:last-child td {
    border-block-end-color: transparent;
  }
  .spacer td {
    padding: 0;
    border: 0;
    background: none !important;
  }
  td.bar {
    position: relative;
  }
  td.bar svg {
    position: absolute;
    inset-block: 6px;
    inset-inline: 8px;
    inline-size: calc(100% - 16px);
    block-size: calc(100% - 12px);
    color: var(--_chart-1);
    opacity: 0.16;
    pointer-events: none;
  }
  td.bar svg:dir(rtl) {
    transform: scaleX(-1);
  }
  a {
    color: var(--_color-primary);
  }
  .note {
    flex: none;
    padding: 8px var(--_cell-padding);
    border-block-start: 1px solid var(--_color-divider);
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
  }
  .full-text {
    position: absolute;
    z-index: 2;
    max-inline-size: min(320px, calc(100% - 16px));
    padding: 8px 12px;
    border: 1px solid var(--_color-border);
    border-radius: var(--_control-radius);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  .dimmed {
    opacity: 0.5;
  }
`
