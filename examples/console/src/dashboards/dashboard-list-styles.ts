import { css } from 'lit'

/** Looks of the list of dashboards. Needs `stateStyles` and `tableStyles` before it. */
export const dashboardListStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-bottom: 16px;
  }
  h1 {
    font-size: 20px;
    font-weight: 600;
  }
  h1:focus {
    outline: none;
  }
  .count {
    padding: 1px 8px;
    font-size: 12px;
    color: var(--muted);
    background: var(--divider);
    border-radius: 10px;
  }
  .search {
    position: relative;
    width: 260px;
    margin-left: auto;
  }
  .search[hidden] {
    display: none;
  }
  .search .icon {
    position: absolute;
    left: 9px;
    top: calc(50% - 9px);
    width: 18px;
    height: 18px;
    color: var(--muted);
    pointer-events: none;
  }
  .search input {
    padding-left: 34px;
  }
  .table-scroll,
  .state {
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 10px;
    overflow: hidden;
  }
  th {
    padding: 0;
    text-align: left;
    border-bottom: 1px solid var(--border);
  }
  .column-slug {
    width: 22%;
  }
  .column-updatedAt {
    width: 150px;
  }
  .sort {
    display: flex;
    align-items: center;
    gap: 4px;
    width: 100%;
    height: 40px;
    padding: 0 16px;
    font: inherit;
    font-size: 12px;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    cursor: pointer;
  }
  .sort:hover {
    color: var(--text);
  }
  .sort:focus-visible {
    outline-offset: -2px;
  }
  .sort .icon {
    width: 16px;
    height: 16px;
  }
  th[aria-sort='none'] .icon {
    opacity: 0;
  }
  th[aria-sort='none'] .sort:is(:hover, :focus-visible) .icon {
    opacity: 1;
  }
  td {
    position: relative;
    padding: 12px 16px;
    border-top: 1px solid var(--divider);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  td.column-title {
    position: static;
  }
  td a {
    font-weight: 600;
    text-decoration: none;
  }
  .description {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--muted);
  }
  .column-slug,
  td.column-updatedAt {
    color: var(--muted);
  }
  .request {
    font-family: ui-monospace, monospace;
    font-size: 12px;
    user-select: all;
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    height: 64px;
    padding: 0 16px;
    border-top: 1px solid var(--divider);
  }
  @media (max-width: 720px) {
    .search {
      width: 100%;
    }
    .column-slug {
      display: none;
    }
    .column-updatedAt {
      width: 132px;
    }
  }
`
