import { css } from 'lit'

/** Styles of `<di-chart>`. Needs `themeStyles` and `stateStyles`. */
export const chartStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    block-size: 320px;
  }
  .chart {
    container-type: size;
    block-size: 100%;
    inline-size: 100%;
  }
  .frame {
    display: flex;
    flex-direction: column;
    gap: 8px;
    block-size: 100%;
    min-block-size: 0;
  }
  .plot {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    min-inline-size: 0;
    border-radius: 4px;
    direction: ltr;
    outline: none;
    touch-action: pan-y;
  }
  .plot:focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  .plot.walking:focus-visible {
    outline-color: transparent;
  }
  .canvas {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .placeholder {
    position: absolute;
    inset: 0;
  }
  .painted .placeholder {
    display: none;
  }
  .overlay {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
  }
  .mark,
  .focus-ring {
    position: absolute;
  }
  .mark.band,
  .mark.line {
    background: var(--_mark);
  }
  .mark.dot {
    border: 2px solid var(--_color-surface);
    border-radius: 50%;
    background: var(--_mark);
    box-shadow: 0 0 0 1px var(--_mark);
  }
  .mark.ring {
    border: 2px solid var(--_mark);
    border-radius: 2px;
  }
  .focus-ring {
    margin: -4px;
    box-sizing: content-box;
    padding: 2px;
    border: 2px solid var(--_color-focus);
    border-radius: 4px;
    box-shadow: 0 0 0 1px var(--_color-surface);
  }
  .focus-ring.round {
    border-radius: 50%;
  }
  [hidden] {
    display: none !important;
  }
  .legend {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    max-block-size: 48px;
    margin-inline: -6px;
    overflow: auto;
    scrollbar-width: thin;
    color: var(--_chart-label);
    font-size: var(--_chart-label-size);
    line-height: 16px;
  }
  .legend-item {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    max-inline-size: 220px;
    margin: 0;
    padding: 4px 6px;
    border: 0;
    border-radius: var(--_control-radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .legend-item:hover {
    background: color-mix(in srgb, var(--_color-text) 6%, transparent);
    color: var(--_color-text);
  }
  .legend-item:focus-visible {
    outline-offset: -2px;
  }
  .legend-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .legend-item[aria-pressed='false'] .legend-name {
    text-decoration: line-through;
  }
  .legend-item[aria-pressed='false'] .swatch {
    opacity: 0.3;
  }
  .legend-value {
    margin-inline-start: auto;
    padding-inline-start: 8px;
    color: var(--_color-text);
    font-variant-numeric: tabular-nums;
  }
  .swatch {
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 3px;
    background: var(--_swatch);
    forced-color-adjust: none;
  }
  .swatch.line {
    inline-size: 12px;
    block-size: 3px;
    border-radius: 2px;
  }
  .swatch.dashed {
    inline-size: 14px;
    block-size: 2px;
    border-radius: 0;
    background: repeating-linear-gradient(90deg, var(--_swatch) 0 4px, transparent 4px 5px);
  }
  .legend.scale {
    align-items: center;
    gap: 6px;
    margin-inline: 0;
    min-block-size: 16px;
    font-variant-numeric: tabular-nums;
  }
  .ramp {
    display: inline-flex;
    overflow: hidden;
    border-radius: 3px;
  }
  .step {
    inline-size: 14px;
    block-size: 8px;
    background: var(--_swatch);
    forced-color-adjust: none;
  }
  .note {
    flex: none;
    margin: 0;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
  }
  @container (max-height: 170px) {
    .legend {
      max-block-size: 24px;
    }
  }
  @container (min-width: 240px) and (min-aspect-ratio: 5 / 4) {
    .frame.side {
      flex-direction: row;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 0 clamp(8px, 4cqi, 24px);
    }
    .side .plot {
      flex: 0 0 auto;
      block-size: 100%;
      inline-size: min(100cqb, 50cqi);
    }
    .side .legend {
      order: 1;
      flex: 0 1 auto;
      flex-flow: column nowrap;
      justify-content: safe center;
      max-inline-size: min(50% - 24px, 320px);
      max-block-size: 100%;
    }
    .side .legend-item {
      flex: none;
      max-inline-size: none;
    }
    .side .note {
      order: 2;
      flex-basis: 100%;
    }
  }
  .tooltip {
    position: fixed;
    inset: auto;
    z-index: var(--_z-overlay);
    max-inline-size: min(360px, calc(100vw - 16px));
    max-block-size: calc(100vh - 16px);
    margin: 0;
    padding: 8px 10px;
    overflow: auto;
    border: 1px solid var(--_color-border);
    border-radius: min(8px, var(--_radius));
    background: var(--_tooltip-bg);
    box-shadow: var(--_shadow);
    color: var(--_tooltip-text);
    font: inherit;
    font-size: var(--_chart-label-size);
    line-height: 18px;
    text-align: start;
  }
  .tooltip:not(:popover-open) {
    display: none;
  }
  .tooltip-title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .tooltip-rows {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px 8px;
    align-items: center;
    margin-block-start: 4px;
  }
  .tooltip-rows.changes {
    grid-template-columns: auto minmax(0, 1fr) auto auto;
  }
  .tooltip-rows .swatch {
    justify-self: center;
  }
  .tooltip-name {
    overflow: hidden;
    color: color-mix(in srgb, var(--_tooltip-text) 78%, var(--_tooltip-bg));
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tooltip-value {
    padding-inline-start: 8px;
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .tooltip-name.active,
  .tooltip-value.active {
    color: var(--_tooltip-text);
    font-weight: 600;
  }
  .tooltip-change {
    color: color-mix(in srgb, var(--_tooltip-text) 78%, var(--_tooltip-bg));
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .tooltip-change.good {
    color: var(--_color-positive);
  }
  .tooltip-change.bad {
    color: var(--_color-negative);
  }
  .tooltip-note {
    margin-block-start: 2px;
    color: color-mix(in srgb, var(--_tooltip-text) 78%, var(--_tooltip-bg));
  }
  .table-scroller {
    block-size: 100%;
    overflow: auto;
  }
  .table-scroller:focus-visible {
    outline-offset: -2px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    block-size: 32px;
    padding: 0 8px;
    border-block-end: 1px solid var(--_color-divider);
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_color-surface);
    color: var(--_color-text-muted);
    font-weight: 500;
  }
  .numeric {
    text-align: end;
  }
  .table-note {
    margin: 8px;
    color: var(--_color-text-muted);
  }
  @media (pointer: coarse) {
    .legend-item {
      min-block-size: 32px;
    }
    .legend {
      max-block-size: 64px;
    }
  }
`
