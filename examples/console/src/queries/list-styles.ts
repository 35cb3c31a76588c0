import { css } from 'lit'

/** Looks of the lists of questions and records: tables, on phones cards. Needs `tableStyles` before it. */
export const listStyles = css`
  .tabs {
    display: flex;
    gap: 20px;
    padding: 0 16px;
    overflow-x: auto;
    border-bottom: 1px solid var(--border);
  }
  .tabs button {
    flex: none;
    height: 44px;
    padding: 0;
    font: inherit;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--text);
  }
  .tabs button:focus-visible {
    outline-offset: -2px;
  }
  .tabs button[aria-selected='true'] {
    color: var(--text);
    border-bottom-color: var(--primary);
  }
  .table-scroll {
    overflow-x: auto;
  }
  th {
    height: 36px;
    padding: 0 8px;
    font-size: 12px;
    font-weight: 500;
    text-align: left;
    color: var(--muted);
    white-space: nowrap;
    border-bottom: 1px solid var(--divider);
  }
  th.number {
    text-align: right;
  }
  th:first-child,
  td:first-child {
    padding-left: 16px;
  }
  th:last-child,
  td:last-child {
    padding-right: 16px;
  }
  .sort {
    display: inline-flex;
    align-items: center;
    justify-content: flex-end;
    gap: 2px;
    height: 36px;
    margin-right: -4px;
    padding: 0 4px;
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    cursor: pointer;
  }
  .sort:hover,
  [aria-sort='descending'] .sort {
    color: var(--text);
  }
  .sort:focus-visible {
    outline-offset: -3px;
  }
  .sort .icon {
    width: 14px;
    height: 14px;
    opacity: 0;
  }
  .sort:is(:hover, :focus-visible) .icon,
  [aria-sort='descending'] .icon {
    opacity: 1;
  }
  td {
    height: 52px;
    padding: 6px 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    border-top: 1px solid var(--divider);
  }
  tbody tr.open {
    background: var(--primary-soft);
  }
  td a {
    display: block;
    overflow: hidden;
    font-weight: 500;
    text-decoration: none;
    text-overflow: ellipsis;
  }
  .questions .column-time {
    width: 128px;
  }
  .questions .column-count {
    width: 76px;
  }
  .questions :is(.column-cached, .column-rollup) {
    width: 68px;
  }
  .questions :is(.column-p95, .column-longest) {
    width: 90px;
  }
  .questions .column-errors {
    width: 68px;
  }
  .questions .column-latest {
    width: 108px;
  }
  td.column-latest,
  td.column-at,
  td.column-caller {
    color: var(--muted);
  }
  .meter {
    display: inline-block;
    width: 52px;
    height: 6px;
    margin-right: 6px;
    overflow: hidden;
    vertical-align: middle;
    background: var(--divider);
    border-radius: 3px;
  }
  .meter i {
    display: block;
    width: calc(var(--share, 0) * 100%);
    min-width: 2px;
    height: 100%;
    background: var(--primary);
    border-radius: 3px;
  }
  .share {
    display: inline-block;
    min-width: 44px;
  }
  .records .column-at {
    width: 156px;
  }
  .records .column-caller {
    width: 150px;
  }
  .records .column-origin {
    width: 184px;
  }
  .records .column-ms {
    width: 88px;
  }
  .records .column-rows {
    width: 76px;
  }
  .records .column-bytes {
    width: 92px;
  }
  .pages {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    border-top: 1px solid var(--divider);
  }
  .pages span {
    flex: 1;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .pages .icon {
    width: 16px;
    height: 16px;
  }
  .pages .button:disabled {
    cursor: default;
  }
  .rows-skeleton div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    height: 52px;
    padding: 0 16px;
    border-top: 1px solid var(--divider);
  }
  @media (max-width: 1100px) {
    .questions :is(.column-rollup, .column-latest),
    .records .column-caller {
      display: none;
    }
  }
  @media (max-width: 720px) {
    .tabs {
      justify-content: space-between;
      gap: 12px;
    }
    table,
    tbody {
      display: block;
    }
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 8px 12px;
      padding: 12px 16px;
      border-top: 1px solid var(--divider);
    }
    tbody tr:first-child {
      border-top: 0;
    }
    td,
    td.number,
    td:first-child,
    td:last-child {
      height: auto;
      padding: 0;
      border: 0;
      text-align: left;
    }
    td.column-question {
      grid-column: 1 / -1;
      order: -1;
      white-space: normal;
    }
    td[data-label]::before {
      content: attr(data-label);
      display: block;
      font-size: 12px;
      color: var(--muted);
    }
    .questions :is(.column-rollup, .column-latest),
    .records .column-caller {
      display: block;
    }
    td.column-at,
    td.column-origin {
      grid-column: span 2;
    }
    td.column-caller {
      grid-column: span 1;
      grid-row: 2;
      grid-column-start: 3;
      white-space: normal;
    }
    .questions :is(.column-time, .column-count, .column-cached, .column-rollup, .column-p95, .column-longest, .column-errors, .column-latest),
    .records :is(.column-at, .column-caller, .column-origin, .column-ms, .column-rows, .column-bytes) {
      width: auto;
    }
    .meter {
      display: none;
    }
    td.column-time .share {
      min-width: 0;
    }
  }
`
