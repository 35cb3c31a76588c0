import { css } from 'lit'

/** Styles of the headline number. Needs `themeStyles` and `stateStyles`. */
export const metricStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .metric {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  .label {
    margin: 0 0 4px;
    overflow: hidden;
    color: var(--_color-text-muted);
    font-weight: 500;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value {
    margin: 0;
    overflow: hidden;
    font-size: var(--_metric-size);
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    letter-spacing: -0.02em;
    line-height: 36px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .change {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    margin: 0;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 20px;
  }
  .move {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    color: var(--_color-text);
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    white-space: nowrap;
  }
  .move.good {
    color: var(--_color-positive);
  }
  .move.bad {
    color: var(--_color-negative);
  }
  .arrow {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }
  .note {
    display: -webkit-box;
    flex: none;
    margin: 4px 0 0;
    overflow: hidden;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .sparkline {
    flex: 1 1 0;
    min-block-size: 0;
    max-block-size: 48px;
    margin-block: auto calc(var(--_inset, 0px) * -1);
    margin-inline: calc(var(--_inset, 0px) * -1);
    padding-block-start: 8px;
    overflow: hidden;
    border-end-start-radius: calc(var(--_radius) - 1px);
    border-end-end-radius: calc(var(--_radius) - 1px);
    color: var(--_chart-1);
  }
  .sparkline svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
`
