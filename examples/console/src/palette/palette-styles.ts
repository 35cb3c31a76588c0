import { css } from 'lit'

/** Looks of the command palette. */
export const paletteStyles = css`
  dialog {
    width: min(560px, calc(100vw - 32px));
    margin-top: 14vh;
    padding: 0;
    color: var(--text);
    background: var(--raised);
    border: 1px solid var(--border);
    border-radius: 10px;
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  dialog::backdrop {
    background: rgb(16 24 40 / 40%);
  }
  .field {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 0 16px;
    border-bottom: 1px solid var(--divider);
    color: var(--muted);
  }
  input {
    flex: 1;
    min-height: 52px;
    padding: 0;
    font-size: 16px;
    color: var(--text);
    background: none;
    border: 0;
    border-radius: 0;
  }
  input:focus-visible {
    outline: none;
  }
  .field:focus-within {
    box-shadow: inset 0 -2px var(--primary);
  }
  [role='listbox'] {
    padding: 8px;
  }
  [role='listbox']:empty {
    display: none;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    padding: 0 8px;
    border-radius: 6px;
    cursor: pointer;
  }
  .option .icon {
    color: var(--muted);
  }
  .option:hover {
    background: var(--divider);
  }
  .option[aria-selected='true'] {
    background: var(--primary-soft);
  }
  .title {
    font-weight: 500;
  }
  .slug {
    margin-left: auto;
    color: var(--muted);
  }
  .none {
    padding: 20px 16px;
    color: var(--muted);
  }
`
