import { css } from 'lit'

/** Looks of the panel at the side. Needs `stateStyles` and `valueStyles` before it. */
export const panelStyles = css`
  dialog {
    position: fixed;
    z-index: 20;
    inset: 0 0 0 auto;
    width: min(600px, 100vw);
    max-width: none;
    height: 100vh;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 0;
    overflow: hidden;
    color: var(--text);
    background: var(--raised);
    border: 0;
    border-left: 1px solid var(--border);
    box-shadow: var(--shadow);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: rgb(16 24 40 / 40%);
  }
  header {
    display: flex;
    gap: 8px;
    padding: 16px 16px 16px 24px;
    border-bottom: 1px solid var(--border);
  }
  header .icon-button {
    flex: none;
  }
  header > a.icon-button {
    margin-left: -12px;
  }
  .titles p + p,
  .titles p {
    margin: 0;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  .kind {
    font-size: 12px;
    color: var(--muted);
  }
  h2 {
    font-size: 16px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  h2:focus {
    outline: none;
  }
  .titles .by {
    font-size: 13px;
    white-space: normal;
  }
  .body {
    flex: 1;
    padding: 20px 24px 32px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  section + section,
  .facts + section,
  section + .facts {
    margin-top: 24px;
  }
  h3 {
    display: flex;
    justify-content: space-between;
    margin: 0 0 8px;
    font-size: 13px;
    font-weight: 600;
  }
  h3 span {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px 24px;
  }
  .facts-figures {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .facts dt {
    font-size: 12px;
    color: var(--muted);
  }
  .facts dd {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    min-height: 24px;
    font-variant-numeric: tabular-nums;
  }
  .facts-figures dd {
    font-size: 16px;
    font-weight: 600;
  }
  .facts a {
    color: var(--primary);
  }
  .panel-chart {
    height: 168px;
  }
  .stage-bar {
    height: 12px;
  }
  .stages {
    margin-top: 8px;
  }
  .stages li {
    display: grid;
    grid-template-columns: 8px 1fr 96px 64px;
    align-items: center;
    gap: 8px;
    height: 28px;
  }
  .stage-plan {
    background: var(--origin-L1);
  }
  .stage-wait {
    background: var(--origin-stale);
  }
  .stage-database {
    background: var(--origin-miss);
  }
  .stage-convert {
    background: var(--origin-L3);
  }
  .stage-send {
    background: var(--origin-L2);
  }
  .stage-other {
    background: var(--control-border);
  }
  .members li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr) 80px;
    align-items: center;
    gap: 12px;
    min-height: 32px;
    border-top: 1px solid var(--divider);
  }
  .members li:first-child {
    border-top: 0;
  }
  .members code,
  .member-title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .members code,
  .member-kind {
    color: var(--muted);
  }
  .member-kind {
    font-size: 12px;
    text-align: right;
  }
  .reasons {
    display: grid;
    gap: 4px;
    margin-top: 8px;
    padding-left: 18px;
    list-style: disc;
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  .advice {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin-top: 12px;
    padding: 12px;
    background: var(--primary-soft);
    border-radius: 8px;
  }
  .code {
    position: relative;
  }
  p + p,
  .code + details,
  p + .code,
  section > .button {
    margin-top: 8px;
  }
  pre {
    max-height: 320px;
    margin: 0;
    padding: 12px;
    overflow: auto;
    line-height: 1.5;
    background: var(--page);
    border: 1px solid var(--border);
    border-radius: 6px;
  }
  .code console-copy {
    position: absolute;
    top: 6px;
    right: 6px;
    background: var(--page);
    border-radius: 4px;
  }
  summary {
    min-height: 28px;
    padding: 4px 0;
    font-weight: 500;
    cursor: pointer;
  }
  .fault {
    margin: 8px 0 0;
    padding: 8px 12px;
    color: var(--negative);
    background: var(--negative-soft);
    border-radius: 6px;
  }
  .recent li {
    position: relative;
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr) 84px 84px;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    border-top: 1px solid var(--divider);
  }
  .recent li:first-child {
    border-top: 0;
  }
  .recent li:hover {
    background: var(--page);
  }
  .recent a {
    text-decoration: none;
    font-weight: 500;
  }
  .recent a::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .recent a:focus-visible {
    outline: none;
  }
  .recent a:focus-visible::after {
    outline: 2px solid var(--primary);
    border-radius: 6px;
  }
  .panel-skeleton {
    display: grid;
    gap: 16px;
  }
  .state {
    padding: 32px 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: enter 150ms ease-out;
    }
    @keyframes enter {
      from {
        transform: translateX(24px);
        opacity: 0;
      }
    }
  }
  @media (max-width: 720px) {
    header {
      padding: 12px 8px 12px 16px;
    }
    .body {
      padding: 16px 16px 32px;
    }
    .facts-figures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .recent li {
      grid-template-columns: 76px minmax(0, 1fr) 64px 64px;
      font-size: 12px;
      white-space: nowrap;
    }
    .members li {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 12px;
      padding: 6px 0;
    }
    .members code {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
`
