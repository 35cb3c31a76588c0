import { css } from 'lit'

/** A table whose rows are links as a whole. */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  tbody tr:first-child td {
    border-top: 0;
  }
  tbody tr {
    position: relative;
  }
  tbody tr:hover {
    background: var(--page);
  }
  td a::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  td a:focus-visible {
    outline: none;
  }
  td a:focus-visible::after {
    outline: 2px solid var(--primary);
    outline-offset: -2px;
    border-radius: 8px;
  }
`
