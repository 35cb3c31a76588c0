import { css } from 'lit'

/** Looks of figures, names and origins, in the page and in its panel. */
export const valueStyles = css`
  :host {
    --origin-L1: light-dark(#2f5bea, #7aa2ff);
    --origin-L2: light-dark(#0091ca, #00b3f7);
    --origin-L3: light-dark(#009b8f, #00bfb0);
    --origin-stale: light-dark(#996bd5, #b98af8);
    --origin-miss: light-dark(#c96900, #ef872d);
    --origin-failed: light-dark(#c2362b, #ff7a70);
    --positive: light-dark(#0f7b57, #3ecf8e);
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .muted,
  .none {
    color: var(--muted);
  }
  .bad {
    font-weight: 600;
    color: var(--negative);
  }
  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 12px;
  }
  .origin-bar,
  .stage-bar {
    display: flex;
    gap: 2px;
    height: 8px;
    overflow: hidden;
    border-radius: 4px;
  }
  .origin-bar i,
  .stage-bar i {
    flex: var(--share, 0) 1 0;
    min-width: 2px;
  }
  .dot {
    flex: none;
    display: inline-block;
    width: 8px;
    height: 8px;
    border-radius: 2px;
  }
  .origin-L1 {
    background: var(--origin-L1);
  }
  .origin-L2 {
    background: var(--origin-L2);
  }
  .origin-L3 {
    background: var(--origin-L3);
  }
  .origin-stale {
    background: var(--origin-stale);
  }
  .origin-miss {
    background: var(--origin-miss);
  }
  .origin-failed {
    background: var(--origin-failed);
  }
  .origin {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
  }
  .tag {
    padding: 0 6px;
    font-size: 12px;
    line-height: 18px;
    color: var(--muted);
    background: var(--divider);
    border-radius: 4px;
  }
  .tag-bad {
    color: var(--negative);
    background: var(--negative-soft);
  }
  .by {
    display: block;
    overflow: hidden;
    font-size: 12px;
    color: var(--muted);
    text-overflow: ellipsis;
  }
  .copyable {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    min-width: 0;
    max-width: 100%;
  }
  .copyable code {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`
