import { css } from 'lit'

/** Styles of what opens below a filter; adopted by the filter when its panel is loaded. */
export const panelStyles = css`
  .sheet-title {
    display: none;
    margin: 0;
    padding: 16px 16px 0;
    font-size: var(--_size-large);
    font-weight: 600;
  }
  .panel-footer {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_color-divider);
  }
  .panel-footer .grow {
    flex: 1;
    min-inline-size: 0;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
  }

  /* Choices */
  .choices {
    inline-size: 320px;
  }
  .search {
    flex: none;
    padding: 12px 12px 8px;
  }
  .field {
    inline-size: 100%;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: 0 12px;
    border: 1px solid var(--_color-border);
    border-radius: var(--_control-radius);
    background: var(--_color-surface);
    color: var(--_color-text);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  .field::placeholder {
    color: var(--_color-text-muted);
    opacity: 1;
  }
  .field:focus-visible {
    outline-offset: -1px;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_color-negative);
  }
  .chips {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-block-size: 88px;
    margin: 0;
    padding: 0 12px 8px;
    overflow-y: auto;
    list-style: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-inline-size: 100%;
    min-block-size: 24px;
    margin: 0;
    padding: 0 4px 0 8px;
    border: 0;
    border-radius: 12px;
    background: color-mix(in srgb, var(--_color-primary) 12%, var(--_color-surface-raised));
    color: var(--_color-text);
    font: inherit;
    font-size: var(--_size-small);
    cursor: pointer;
  }
  .chip span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip svg {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    color: var(--_color-text-muted);
  }
  .chip:hover svg {
    color: var(--_color-text);
  }
  .list {
    flex: 1 1 auto;
    min-block-size: 120px;
    max-block-size: 296px;
    padding: 0 4px 4px;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .list.dimmed {
    opacity: 0.5;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
    padding: 4px 8px;
    border-radius: var(--_control-radius);
    cursor: pointer;
  }
  .option:hover {
    background: color-mix(in srgb, var(--_color-text) 4%, transparent);
  }
  .option.active {
    background: color-mix(in srgb, var(--_color-text) 8%, transparent);
  }
  .option-label {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .option-value {
    flex: none;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
  }
  .box {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
    border: 1px solid color-mix(in srgb, var(--_color-text) 40%, var(--_color-surface-raised));
    border-radius: 4px;
  }
  .box svg {
    inline-size: 12px;
    block-size: 12px;
    color: var(--_color-on-primary);
    visibility: hidden;
  }
  [aria-selected='true'] > .box {
    border-color: var(--_color-primary);
    background: var(--_color-primary);
  }
  [aria-selected='true'] > .box svg {
    visibility: visible;
  }
  .list-note {
    padding: 16px 8px;
    color: var(--_color-text-muted);
    text-align: center;
  }
  .list-hint {
    padding: 8px;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
  }
  .bulk {
    flex: none;
    display: flex;
    gap: 16px;
    padding: 0 12px 4px;
  }
  .link {
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_color-primary);
    font: inherit;
    font-size: var(--_size-small);
    font-weight: 500;
    cursor: pointer;
  }
  .link:disabled {
    color: var(--_color-text-disabled);
    cursor: default;
  }

  /* Dates */
  .dates {
    display: flex;
    min-block-size: 0;
    overflow: auto;
  }
  .presets {
    flex: none;
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 144px;
    max-inline-size: 220px;
    margin: 0;
    padding: 12px 8px;
    border-inline-end: 1px solid var(--_color-divider);
  }
  .preset {
    min-block-size: 32px;
    margin: 0;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--_control-radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .preset:hover {
    background: color-mix(in srgb, var(--_color-text) 6%, transparent);
  }
  .preset[aria-pressed='true'] {
    background: color-mix(in srgb, var(--_color-primary) 12%, transparent);
    color: var(--_color-primary);
    font-weight: 600;
  }
  .custom {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px 16px;
  }
  .typed {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px 12px;
  }
  .typed label {
    display: flex;
    flex-direction: column;
    gap: 4px;
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
  }
  .typed .field {
    inline-size: 100%;
    min-inline-size: 112px;
    color: var(--_color-text);
    font-size: var(--_font-size);
  }
  .problem {
    grid-column: 1 / -1;
    margin: 0;
    color: var(--_color-negative);
    font-size: var(--_size-small);
  }
  .months {
    display: flex;
    gap: 24px;
    /* Months of four to six weeks take the same room. */
    min-block-size: 266px;
  }
  calendar-range {
    font-size: var(--_font-size);
  }
  calendar-range::part(container) {
    gap: 8px;
  }
  calendar-range::part(heading) {
    font-size: var(--_font-size);
    font-weight: 600;
  }
  calendar-range::part(button) {
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    border: 1px solid var(--_color-border);
    border-radius: var(--_control-radius);
    background: none;
    color: inherit;
  }
  calendar-range::part(button):focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  calendar-month {
    --color-accent: var(--_color-primary);
    --color-text-on-accent: var(--_color-on-primary);
  }
  calendar-month::part(heading) {
    font-weight: 500;
    text-align: center;
  }
  calendar-month::part(th) {
    color: var(--_color-text-muted);
    font-size: var(--_size-small);
    font-weight: 400;
  }
  calendar-month::part(button) {
    inline-size: 36px;
    block-size: 32px;
    border-radius: var(--_control-radius);
    font: inherit;
    font-size: var(--_font-size);
    font-variant-numeric: tabular-nums;
  }
  calendar-month::part(td) {
    padding-block: 1px;
  }
  calendar-month::part(button):hover {
    background: color-mix(in srgb, var(--_color-text) 6%, transparent);
  }
  calendar-month::part(today) {
    color: var(--_color-primary);
    font-weight: 600;
  }
  calendar-month::part(range-inner) {
    border-radius: 0;
    background: color-mix(in srgb, var(--_color-primary) 14%, var(--_color-surface-raised));
    color: var(--_color-text);
  }
  calendar-month::part(range-start),
  calendar-month::part(range-end) {
    background: var(--_color-primary);
    color: var(--_color-on-primary);
  }
  calendar-month::part(range-start) {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  calendar-month::part(range-end) {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  calendar-month::part(range-start range-end) {
    border-radius: var(--_control-radius);
  }
  calendar-month::part(button):focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 1px;
  }
  .step {
    display: block;
    inline-size: 16px;
    block-size: 16px;
  }
  .step:dir(rtl) {
    transform: scaleX(-1);
  }
  @media (max-width: 560px) {
    .sheet-title {
      display: block;
    }
    .choices {
      inline-size: 100%;
    }
    .search {
      padding: 12px 16px 8px;
    }
    .chips,
    .bulk {
      padding-inline: 16px;
    }
    .list {
      max-block-size: none;
      padding-inline: 8px;
    }
    .dates {
      flex-direction: column;
    }
    .presets {
      flex-flow: row wrap;
      max-inline-size: none;
      padding: 12px 16px 4px;
      border: 0;
      gap: 8px;
    }
    .preset {
      padding: 4px 12px;
      border: 1px solid var(--_color-border);
    }
    calendar-range {
      align-self: center;
    }
    .field {
      /* Smaller text makes phones zoom into the page. */
      font-size: max(16px, var(--_font-size));
    }
    .typed .field {
      font-size: max(16px, var(--_font-size));
    }
    .panel-footer .button {
      flex: 1;
    }
    .panel-footer .grow:empty {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .option,
    .preset,
    .link,
    .chip {
      min-block-size: 44px;
    }
    .chips {
      flex-wrap: nowrap;
      overflow-x: auto;
    }
    .chip {
      max-inline-size: 240px;
      padding: 0 8px 0 12px;
      border-radius: 22px;
    }
    calendar-range::part(button) {
      inline-size: 44px;
      block-size: 44px;
    }
    calendar-month::part(button) {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .option.active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    [aria-selected='true'] > .box,
    .preset[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`
