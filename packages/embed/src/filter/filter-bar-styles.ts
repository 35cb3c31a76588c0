import { css } from 'lit'

/** Styles of the row of filters. Needs `themeStyles` and `stateStyles`. */
export const filterBarStyles = css`
  :host {
    display: block;
  }
  :host(:state(empty)) {
    display: none;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  di-filter {
    min-inline-size: 0;
  }
  .ghost {
    inline-size: 208px;
    max-inline-size: 100%;
    block-size: var(--_control-height);
    border-radius: var(--_control-radius);
    background: var(--_skeleton);
  }
  .ghost + .ghost {
    inline-size: 152px;
  }
`
