import { css } from 'lit'

/** What every part of the console starts from: box model, focus, icons, buttons, inputs. */
export const sharedStyles = css`
  :host {
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--primary);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark {
    flex: none;
    width: 28px;
    height: 28px;
  }
  .mark rect {
    fill: var(--primary);
  }
  .mark path {
    fill: none;
    stroke: var(--on-primary);
    stroke-width: 3.4;
    stroke-linecap: round;
  }
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 32px;
    padding: 0 12px;
    font: inherit;
    font-weight: 500;
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 6px;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--page);
  }
  .button-primary {
    color: var(--on-primary);
    background: var(--primary);
    border-color: transparent;
  }
  .button-primary:hover {
    background: color-mix(in oklab, var(--primary), var(--text) 14%);
  }
  .button:disabled {
    opacity: 0.6;
    cursor: progress;
  }
  .icon-button {
    width: 32px;
    padding: 0;
    color: var(--muted);
    background: none;
    border-color: transparent;
  }
  .icon-button:hover {
    color: var(--text);
    background: var(--divider);
  }
  input {
    width: 100%;
    min-height: 36px;
    padding: 0 10px;
    font: inherit;
    color: inherit;
    background: var(--surface);
    border: 1px solid var(--control-border);
    border-radius: 6px;
  }
  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  kbd {
    display: inline-grid;
    place-items: center;
    min-width: 20px;
    height: 20px;
    padding: 0 5px;
    font: 500 11px/1 inherit;
    font-family: inherit;
    color: var(--muted);
    border: 1px solid var(--border);
    border-radius: 4px;
  }
  @media (pointer: coarse) {
    .button,
    .icon-button,
    input {
      min-height: 44px;
    }
    .icon-button {
      width: 44px;
    }
    input {
      font-size: 16px;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .button,
    .icon-button {
      transition: background 150ms ease-out;
    }
  }
`
