import { css } from 'lit'

/** Looks of the filters. */
export const filterBarStyles = css`
  .filters {
    margin-bottom: 16px;
  }
  .select {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-width: 0;
  }
  select {
    max-width: 136px;
    min-height: 32px;
    padding: 0 28px 0 10px;
    font: inherit;
    color: var(--text);
    text-overflow: ellipsis;
    background: var(--surface);
    border: 1px solid var(--control-border);
    border-radius: 6px;
    appearance: none;
    cursor: pointer;
  }
  .select .icon {
    position: absolute;
    right: 8px;
    width: 14px;
    height: 14px;
    color: var(--muted);
    pointer-events: none;
  }
  .select.chosen select {
    font-weight: 500;
    color: var(--primary);
    background: var(--primary-soft);
    border-color: var(--primary);
  }
  .member-filter {
    position: relative;
    width: 150px;
  }
  .member-filter .icon {
    position: absolute;
    left: 8px;
    top: calc(50% - 8px);
    width: 16px;
    height: 16px;
    color: var(--muted);
    pointer-events: none;
  }
  .member-filter input {
    min-height: 32px;
    padding-left: 30px;
  }
  .clear {
    color: var(--muted);
    background: none;
    border-color: transparent;
  }
  .clear .icon {
    width: 14px;
    height: 14px;
  }
  @media (pointer: coarse) {
    select,
    .member-filter input {
      min-height: 40px;
      font-size: 16px;
    }
  }
  @media (max-width: 720px) {
    .filters {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .member-filter,
    .filters select {
      width: 100%;
      max-width: none;
    }
    .member-filter {
      grid-column: 1 / -1;
    }
    .select {
      width: 100%;
    }
  }
`
