import { css } from 'lit'

/** Looks of the headline figures and of where answers came from. Needs `stateStyles` before it. */
export const figuresStyles = css`
  .figures {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    margin: 0;
    border-bottom: 1px solid var(--divider);
  }
  .figure {
    --di-metric-size: 22px;
    min-width: 0;
    min-height: 110px;
    padding: 14px 8px 12px 16px;
  }
  .figure + .figure {
    border-left: 1px solid var(--divider);
  }
  .figure dt {
    overflow: hidden;
    font-weight: 500;
    color: var(--muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .origins {
    padding: 0 16px 14px;
  }
  .origins ul {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin-top: 8px;
    font-size: 12px;
    color: var(--muted);
  }
  .origins li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .origins b {
    font-weight: 600;
    color: var(--text);
    font-variant-numeric: tabular-nums;
  }
  .origins .aside {
    margin-left: auto;
  }
  .bar-label {
    width: 60%;
  }
  .bar-value {
    width: 80%;
    height: 24px;
    margin-top: 10px;
  }
  @media (max-width: 1100px) {
    .figures {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .figure:nth-child(5) {
      border-left: 0;
    }
    .figure:nth-child(n + 5) {
      border-top: 1px solid var(--divider);
    }
  }
  @media (max-width: 720px) {
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .figure {
      min-height: 104px;
    }
    .figure:nth-child(odd) {
      border-left: 0;
    }
    .figure:nth-child(n + 3) {
      border-top: 1px solid var(--divider);
    }
    .figure:nth-child(7) {
      grid-column: 1 / -1;
      min-height: 0;
    }
    .origins .aside {
      margin-left: 0;
    }
  }
`
