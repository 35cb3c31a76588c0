import { css } from 'lit'

/** Styles of the dashboard and its tiles. Needs `themeStyles` and `stateStyles`. */
export const dashboardStyles = css`
  :host {
    display: block;
    container: dashboard / inline-size;
  }
  .base {
    display: flex;
    flex-direction: column;
    gap: var(--_gap);
  }
  :host(:state(own-page)) .base {
    padding: var(--_gap);
    border-radius: var(--_radius);
    background: var(--_color-page);
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .title {
    flex: 1 1 auto;
    min-inline-size: 0;
    margin: 0;
    font-size: var(--_title-size);
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.4;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .title-placeholder {
    display: block;
    inline-size: min(240px, 60%);
    block-size: 1.4em;
    border-radius: 4px;
    background: var(--_skeleton);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .header:not(:has(.title)):has(slot[name='toolbar']:not(:has-slotted)) {
    display: none;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(var(--_grid-columns), minmax(0, 1fr));
    grid-auto-rows: var(--_row-height);
    gap: var(--_gap);
  }
  .tile {
    --_inset: var(--_tile-padding);
    position: relative;
    grid-column: var(--_x) / span var(--_w);
    grid-row: var(--_y) / span var(--_h);
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    padding: var(--_tile-padding);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface);
  }
  .tile:focus {
    outline: none;
  }
  .tile:focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  .tile-header {
    flex: none;
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 8px;
    margin-block-end: 12px;
  }
  .tile.metric .tile-header {
    margin-block-end: 4px;
  }
  .tile-titles {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .tile-title,
  .tile-subtitle {
    margin: 0;
    overflow: hidden;
    font-size: var(--_font-size);
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tile-title {
    font-weight: 600;
  }
  .tile-subtitle {
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
  }
  .tile.metric .tile-title {
    color: var(--_color-text-muted);
    font-weight: 500;
  }
  .tile-actions {
    position: absolute;
    inset-block-start: calc(var(--_inset) - 4px);
    inset-inline-end: calc(var(--_inset) - 6px);
    z-index: 1;
    display: flex;
    gap: 4px;
    border-radius: var(--_control-radius);
    background: var(--_color-surface);
    box-shadow: 0 0 0 4px var(--_color-surface);
    opacity: 0;
    transition: opacity var(--_transition);
  }
  .tile:hover .tile-actions,
  .tile:focus-within .tile-actions {
    opacity: 1;
  }
  .icon-button {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_control-radius);
    background: none;
    color: var(--_color-text-muted);
    cursor: pointer;
    transition: background-color var(--_transition), color var(--_transition);
  }
  .icon-button:hover,
  .icon-button[aria-expanded='true'] {
    background: color-mix(in srgb, var(--_color-text) 7%, transparent);
    color: var(--_color-text);
  }
  .tile-body {
    container: tile / size;
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    transition: opacity var(--_transition);
  }
  .tile-body.dimmed {
    opacity: 0.5;
  }
  di-chart,
  di-table,
  di-metric {
    display: block;
    block-size: 100%;
  }
  di-table {
    margin-inline: calc(var(--_inset) * -1);
    inline-size: calc(100% + var(--_inset) * 2);
    block-size: calc(100% + var(--_inset));
  }
  .tile-footer {
    flex: none;
    display: flex;
    gap: 8px;
    margin-block-start: 8px;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_color-primary);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  .footer {
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    line-height: 16px;
  }
  .whole {
    display: grid;
    min-block-size: 320px;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface);
  }
  .ghost {
    --_h: 3;
    grid-row: auto / span var(--_h);
    grid-column: auto / span var(--_w);
  }
  .ghost.number {
    --_w: 3;
  }
  .ghost.wide {
    --_w: 8;
    --_h: 7;
  }
  .ghost.narrow {
    --_w: 4;
    --_h: 7;
  }

  @container dashboard (max-width: 959px) {
    .tile {
      grid-column: auto / span 12;
      grid-row: auto / span var(--_h);
    }
    .tile.metric,
    .ghost.number {
      grid-column: auto / span 6;
    }
  }
  @container dashboard (min-width: 720px) and (max-width: 959px) {
    .tile.metric,
    .ghost.number {
      grid-column: auto / span 3;
    }
  }
  @container dashboard (max-width: 719px) {
    .base {
      --_gap: min(12px, var(--di-gap, 12px));
      --_tile-padding: min(12px, var(--di-tile-padding, 12px));
    }
  }
  @container dashboard (max-width: 339px) {
    .tile.metric,
    .ghost.number {
      grid-column: 1 / -1;
    }
  }
  @media (hover: none) {
    .tile-actions {
      position: static;
      flex: none;
      margin-block: -4px;
      margin-inline-end: -6px;
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .icon-button {
      inline-size: 44px;
      block-size: 44px;
      margin: -8px -4px;
    }
  }
  @media (forced-colors: active) {
    .tile-actions {
      opacity: 1;
    }
  }
  @media print {
    .tile {
      break-inside: avoid;
    }
    .tile-actions,
    .toolbar {
      display: none;
    }
  }
`
