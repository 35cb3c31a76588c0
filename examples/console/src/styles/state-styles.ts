import { css } from 'lit'

/** Looks of a page that has nothing to show: empty, failed, loading. */
export const stateStyles = css`
  .chart-skeleton {
    background: var(--divider);
    border-radius: 6px;
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 48px 24px;
    text-align: center;
    color: var(--muted);
  }
  .state-title {
    font-size: 16px;
    font-weight: 600;
    color: var(--text);
  }
  .state pre {
    max-width: 100%;
    margin: 0;
    padding: 12px 16px;
    overflow-x: auto;
    font-size: 12px;
    text-align: left;
    color: var(--text);
    background: var(--page);
    border-radius: 6px;
  }
  .bar {
    display: block;
    height: 12px;
    background: var(--divider);
    border-radius: 4px;
  }
  .bar-0 {
    width: 34%;
  }
  .bar-1 {
    width: 46%;
  }
  .bar-2 {
    width: 28%;
  }
  .bar-short {
    width: 96px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .bar,
    .chart-skeleton {
      animation: fade 1.4s ease-in-out infinite alternate;
    }
    @keyframes fade {
      to {
        opacity: 0.45;
      }
    }
  }
`
