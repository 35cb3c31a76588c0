import { css } from 'lit'

/** Styles of the states and of the buttons in them. Needs `themeStyles`. */
export const stateStyles = css`
  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 4px;
    block-size: 100%;
    min-block-size: 0;
    padding: 8px;
    overflow: auto;
    text-align: center;
  }
  .state-icon {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin-block-end: 4px;
    color: var(--_color-text-muted);
  }
  .state.error .state-icon {
    color: var(--_color-negative);
  }
  .state-title {
    margin: 0;
    font-size: var(--_font-size);
    font-weight: 600;
    text-wrap: balance;
  }
  .state-text {
    max-inline-size: 44ch;
    margin: 0;
    color: var(--_color-text-muted);
    text-wrap: pretty;
  }
  .state-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
    margin-block-start: 8px;
  }
  .state-actions:empty {
    display: none;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: 0 12px;
    border: 1px solid var(--_color-border);
    border-radius: var(--_control-radius);
    background: var(--_color-surface);
    color: var(--_color-text);
    font: inherit;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    transition: background-color var(--_transition), border-color var(--_transition);
  }
  .button:hover {
    background: color-mix(in srgb, var(--_color-text) 5%, var(--_color-surface));
  }
  .button.primary {
    border-color: var(--_color-primary);
    background: var(--_color-primary);
    color: var(--_color-on-primary);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_color-primary) 88%, var(--_color-text));
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
  }
  .button.quiet:hover {
    background: color-mix(in srgb, var(--_color-text) 6%, transparent);
  }
  .button:disabled {
    color: var(--_color-text-disabled);
    cursor: default;
  }
  .request-id {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-inline-size: 100%;
    min-block-size: 24px;
    margin: 4px 0 0;
    padding: 0 4px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_color-text-muted);
    font: inherit;
    font-size: var(--_size-small);
    cursor: pointer;
  }
  .request-id:hover {
    color: var(--_color-text);
  }
  .request-id span {
    flex: none;
  }
  .request-id span[data-copied] {
    font-size: 0;
  }
  .request-id span[data-copied]::after {
    content: attr(data-copied);
    color: var(--_color-positive);
    font-size: var(--_size-small);
    font-weight: 500;
  }
  .request-id code {
    min-inline-size: 0;
    overflow: hidden;
    font-family: var(--_font-family-mono);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .request-id svg {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }
  :focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    border: 0;
    white-space: nowrap;
  }
  .skeleton {
    block-size: 100%;
    inline-size: 100%;
    color: var(--_skeleton);
    animation: skeleton 1.6s ease-in-out infinite;
  }
  .skeleton svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .skeleton-lines {
    display: flex;
    flex-direction: column;
    justify-content: space-evenly;
    block-size: 100%;
    gap: 12px;
    overflow: hidden;
  }
  .skeleton-line {
    flex: none;
    block-size: 12px;
    border-radius: 4px;
    background: currentColor;
  }
  .skeleton-line.w60 {
    inline-size: 60%;
  }
  .skeleton-line.w40 {
    inline-size: 40%;
  }
  .skeleton-line.tall {
    block-size: 28px;
  }
  @keyframes skeleton {
    50% {
      opacity: 0.55;
    }
  }
  /* Low tiles: what happened and the way on; the rest is for those who listen. */
  @container tile (max-height: 159px) {
    .state {
      align-items: flex-start;
      justify-content: flex-start;
      padding: 4px 0 0;
      text-align: start;
    }
    .state-icon {
      display: none;
    }
    .state-text {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .state-actions {
      justify-content: flex-start;
      margin-block-start: 4px;
    }
    .request-id {
      margin: 0;
      padding: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
`
