import { css } from 'lit'

/** Styles of one filter. Needs `themeStyles`, `stateStyles` and `popoverStyles`; the panel's own come with it. */
export const filterStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  .control {
    display: inline-flex;
    max-inline-size: 100%;
    border: 1px solid var(--_color-border);
    border-radius: var(--_control-radius);
    background: var(--_color-surface);
    transition: border-color var(--_transition);
  }
  .control:hover,
  .control:has([aria-expanded='true']) {
    border-color: color-mix(in srgb, var(--_color-text) 28%, var(--_color-border));
  }
  .trigger,
  .clear {
    min-block-size: calc(var(--_control-height) - 2px);
    margin: 0;
    border: 0;
    border-radius: calc(var(--_control-radius) - 1px);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .trigger {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    padding: 0 8px 0 12px;
    text-align: start;
  }
  .trigger:dir(rtl) {
    padding: 0 12px 0 8px;
  }
  .trigger-title {
    flex: none;
    color: var(--_color-text-muted);
  }
  .trigger-value {
    min-inline-size: 0;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge {
    flex: none;
    min-inline-size: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--_color-primary) 12%, var(--_color-surface));
    color: var(--_color-primary);
    font-size: var(--_size-small);
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }
  .chevron,
  .cross,
  .check {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    color: var(--_color-text-muted);
  }
  .clear {
    display: grid;
    place-items: center;
    inline-size: 28px;
    padding: 0;
    border-inline-start: 1px solid var(--_color-divider);
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .clear:hover .cross {
    color: var(--_color-text);
  }
  .popover:popover-open {
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  .loading {
    padding: 24px;
    color: var(--_color-text-muted);
    text-align: center;
  }
  @media (pointer: coarse) {
    .clear {
      inline-size: 44px;
    }
  }
`
