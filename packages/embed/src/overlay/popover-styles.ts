import { css } from 'lit'

/** Styles of popover panels: raised, placed by script, a sheet along the bottom edge on phones. */
export const popoverStyles = css`
  .popover {
    position: fixed;
    inset: auto;
    z-index: var(--_z-overlay);
    max-inline-size: calc(100vw - 16px);
    margin: 0;
    padding: 0;
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_color-text);
    font: inherit;
    text-align: start;
  }
  .popover:not(:popover-open) {
    display: none;
  }
  .menu {
    min-inline-size: 176px;
    padding: 4px;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: 0 12px;
    border: 0;
    border-radius: var(--_control-radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .menu-item:hover,
  .menu-item:focus-visible {
    background: color-mix(in srgb, var(--_color-text) 6%, transparent);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  @media (max-width: 560px) {
    .popover.sheet {
      --_sheet: 1;
      inset: auto 0 0 0;
      inline-size: 100%;
      max-inline-size: 100%;
      max-block-size: 88dvh;
      padding-block-end: env(safe-area-inset-bottom, 0);
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      border-start-start-radius: 16px;
      border-start-end-radius: 16px;
    }
    .popover.sheet::backdrop {
      background: rgb(16 24 40 / 40%);
    }
  }
`
