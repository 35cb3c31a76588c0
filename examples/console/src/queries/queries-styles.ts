import { css } from 'lit'

/** Looks of the queries page around its parts. */
export const queriesStyles = css`
  h1 {
    font-size: 20px;
    font-weight: 600;
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  h2 {
    font-size: 13px;
    font-weight: 600;
  }
  .head,
  .head-end,
  .filters,
  .chart-head,
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .head {
    justify-content: space-between;
    min-height: 32px;
    margin-bottom: 16px;
  }
  .switch {
    display: inline-flex;
    padding: 2px;
    background: var(--divider);
    border-radius: 8px;
  }
  .switch button {
    min-height: 28px;
    padding: 0 10px;
    font: inherit;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  .switch button:hover {
    color: var(--text);
  }
  .switch button[aria-pressed='true'] {
    color: var(--text);
    background: var(--surface);
    box-shadow: 0 1px 2px light-dark(rgb(16 24 40 / 12%), rgb(0 0 0 / 40%));
  }
  .pulse {
    width: 8px;
    height: 8px;
    background: var(--muted);
    border-radius: 50%;
  }
  .live[aria-pressed='true'] {
    color: var(--primary);
    background: var(--primary-soft);
    border-color: var(--primary);
  }
  .live[aria-pressed='true'] .pulse {
    background: var(--primary);
  }
  .card {
    margin-bottom: 16px;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 10px;
  }
  .progress {
    position: sticky;
    z-index: 5;
    top: 56px;
    height: 2px;
    margin: -10px 0 8px;
    overflow: hidden;
    border-radius: 1px;
  }
  .progress[hidden] {
    display: block;
    visibility: hidden;
  }
  .progress::after {
    content: '';
    display: block;
    width: 30%;
    height: 100%;
    background: var(--primary);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 16px;
    padding: 8px 8px 8px 16px;
    color: var(--negative);
    background: var(--negative-soft);
    border: 1px solid var(--negative);
    border-radius: 10px;
  }
  .notice span {
    flex: 1;
  }
  .chart-head {
    justify-content: space-between;
    padding: 12px 16px 4px;
  }
  .chart {
    height: 232px;
    margin: 0 16px 12px;
  }
  .chart.state {
    align-content: center;
    padding: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .progress::after {
      animation: slide 1.1s ease-in-out infinite;
    }
    .refresh[data-busy] .icon {
      animation: turn 1s linear infinite;
    }
    .live[aria-pressed='true'] .pulse {
      animation: fade 1s ease-in-out infinite alternate;
    }
    @keyframes slide {
      from {
        transform: translateX(-100%);
      }
      to {
        transform: translateX(340%);
      }
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  }
  @media (pointer: coarse) {
    .switch button {
      min-height: 40px;
    }
  }
  @media (max-width: 720px) {
    .head-end {
      width: 100%;
    }
    .head-end .switch {
      flex: 1;
    }
    .head-end .switch button {
      flex: 1;
      padding: 0 4px;
    }
  }
`
