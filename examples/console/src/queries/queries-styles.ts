import { css } from 'lit'

/** Looks of the queries page, its lists and its states. */
export const queriesStyles = css`
  :host {
    --origin-L1: light-dark(#2f5bea, #7aa2ff);
    --origin-L2: light-dark(#0091ca, #00b3f7);
    --origin-L3: light-dark(#009b8f, #00bfb0);
    --origin-stale: light-dark(#996bd5, #b98af8);
    --origin-miss: light-dark(#c96900, #ef872d);
    --origin-failed: light-dark(#c2362b, #ff7a70);
    --positive: light-dark(#0f7b57, #3ecf8e);
  }
  h1 {
    font-size: 20px;
    font-weight: 600;
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  h2 {
    font-size: 13px;
    font-weight: 600;
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
  .head,
  .head-end,
  .filters,
  .chart-head,
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .head {
    justify-content: space-between;
    min-height: 32px;
    margin-bottom: 16px;
  }
  .switch {
    display: inline-flex;
    padding: 2px;
    background: var(--divider);
    border-radius: 8px;
  }
  .switch button {
    min-height: 28px;
    padding: 0 10px;
    font: inherit;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  .switch button:hover {
    color: var(--text);
  }
  .switch button[aria-pressed='true'] {
    color: var(--text);
    background: var(--surface);
    box-shadow: 0 1px 2px light-dark(rgb(16 24 40 / 12%), rgb(0 0 0 / 40%));
  }
  .pulse {
    width: 8px;
    height: 8px;
    background: var(--muted);
    border-radius: 50%;
  }
  .live[aria-pressed='true'] {
    color: var(--primary);
    background: var(--primary-soft);
    border-color: var(--primary);
  }
  .live[aria-pressed='true'] .pulse {
    background: var(--primary);
  }
  .filters {
    margin-bottom: 16px;
  }
  .select {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-width: 0;
  }
  select {
    max-width: 136px;
    min-height: 32px;
    padding: 0 28px 0 10px;
    font: inherit;
    color: var(--text);
    text-overflow: ellipsis;
    background: var(--surface);
    border: 1px solid var(--control-border);
    border-radius: 6px;
    appearance: none;
    cursor: pointer;
  }
  .select .icon {
    position: absolute;
    right: 8px;
    width: 14px;
    height: 14px;
    color: var(--muted);
    pointer-events: none;
  }
  .select.chosen select {
    font-weight: 500;
    color: var(--primary);
    background: var(--primary-soft);
    border-color: var(--primary);
  }
  .member-filter {
    position: relative;
    width: 150px;
  }
  .member-filter .icon {
    position: absolute;
    left: 8px;
    top: calc(50% - 8px);
    width: 16px;
    height: 16px;
    color: var(--muted);
    pointer-events: none;
  }
  .member-filter input {
    min-height: 32px;
    padding-left: 30px;
  }
  .clear {
    color: var(--muted);
    background: none;
    border-color: transparent;
  }
  .clear .icon {
    width: 14px;
    height: 14px;
  }
  .card {
    margin-bottom: 16px;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 10px;
  }
  .progress {
    position: sticky;
    z-index: 5;
    top: 56px;
    height: 2px;
    margin: -10px 0 8px;
    overflow: hidden;
    border-radius: 1px;
  }
  .progress[hidden] {
    display: block;
    visibility: hidden;
  }
  .progress::after {
    content: '';
    display: block;
    width: 30%;
    height: 100%;
    background: var(--primary);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 16px;
    padding: 8px 8px 8px 16px;
    color: var(--negative);
    background: var(--negative-soft);
    border: 1px solid var(--negative);
    border-radius: 10px;
  }
  .notice span {
    flex: 1;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    margin: 0;
    border-bottom: 1px solid var(--divider);
  }
  .figure {
    --di-metric-size: 22px;
    min-width: 0;
    min-height: 110px;
    padding: 14px 8px 12px 16px;
  }
  .figure + .figure {
    border-left: 1px solid var(--divider);
  }
  .figure dt {
    overflow: hidden;
    font-weight: 500;
    color: var(--muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chart-head {
    justify-content: space-between;
    padding: 12px 16px 4px;
  }
  .chart {
    height: 232px;
    margin: 0 16px 12px;
  }
  .chart-skeleton {
    background: var(--divider);
    border-radius: 6px;
  }
  .chart.state {
    align-content: center;
    padding: 0;
  }
  .origins {
    padding: 0 16px 14px;
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
  .origins ul {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin-top: 8px;
    font-size: 12px;
    color: var(--muted);
  }
  .origins li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .origins b {
    font-weight: 600;
    color: var(--text);
    font-variant-numeric: tabular-nums;
  }
  .origins .aside {
    margin-left: auto;
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
  .tabs {
    display: flex;
    gap: 20px;
    padding: 0 16px;
    overflow-x: auto;
    border-bottom: 1px solid var(--border);
  }
  .tabs button {
    flex: none;
    height: 44px;
    padding: 0;
    font: inherit;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--text);
  }
  .tabs button:focus-visible {
    outline-offset: -2px;
  }
  .tabs button[aria-selected='true'] {
    color: var(--text);
    border-bottom-color: var(--primary);
  }
  .table-scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th {
    height: 36px;
    padding: 0 8px;
    font-size: 12px;
    font-weight: 500;
    text-align: left;
    color: var(--muted);
    white-space: nowrap;
    border-bottom: 1px solid var(--divider);
  }
  th.number {
    text-align: right;
  }
  th:first-child,
  td:first-child {
    padding-left: 16px;
  }
  th:last-child,
  td:last-child {
    padding-right: 16px;
  }
  .sort {
    display: inline-flex;
    align-items: center;
    justify-content: flex-end;
    gap: 2px;
    height: 36px;
    margin-right: -4px;
    padding: 0 4px;
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    cursor: pointer;
  }
  .sort:hover,
  [aria-sort='descending'] .sort {
    color: var(--text);
  }
  .sort:focus-visible {
    outline-offset: -3px;
  }
  .sort .icon {
    width: 14px;
    height: 14px;
    opacity: 0;
  }
  .sort:is(:hover, :focus-visible) .icon,
  [aria-sort='descending'] .icon {
    opacity: 1;
  }
  td {
    height: 52px;
    padding: 6px 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    border-top: 1px solid var(--divider);
  }
  tbody tr:first-child td {
    border-top: 0;
  }
  tbody tr {
    position: relative;
  }
  tbody tr:hover {
    background: var(--page);
  }
  tbody tr.open {
    background: var(--primary-soft);
  }
  td a {
    display: block;
    overflow: hidden;
    font-weight: 500;
    text-decoration: none;
    text-overflow: ellipsis;
  }
  td a::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  td a:focus-visible {
    outline: none;
  }
  td a:focus-visible::after {
    outline: 2px solid var(--primary);
    outline-offset: -2px;
    border-radius: 8px;
  }
  .by {
    display: block;
    overflow: hidden;
    font-size: 12px;
    color: var(--muted);
    text-overflow: ellipsis;
  }
  .questions .column-time {
    width: 128px;
  }
  .questions .column-count {
    width: 76px;
  }
  .questions :is(.column-cached, .column-rollup) {
    width: 68px;
  }
  .questions :is(.column-p95, .column-longest) {
    width: 90px;
  }
  .questions .column-errors {
    width: 68px;
  }
  .questions .column-latest {
    width: 108px;
  }
  td.column-latest,
  td.column-at,
  td.column-caller {
    color: var(--muted);
  }
  .meter {
    display: inline-block;
    width: 52px;
    height: 6px;
    margin-right: 6px;
    overflow: hidden;
    vertical-align: middle;
    background: var(--divider);
    border-radius: 3px;
  }
  .meter i {
    display: block;
    width: calc(var(--share, 0) * 100%);
    min-width: 2px;
    height: 100%;
    background: var(--primary);
    border-radius: 3px;
  }
  .share {
    display: inline-block;
    min-width: 44px;
  }
  .records .column-at {
    width: 156px;
  }
  .records .column-caller {
    width: 150px;
  }
  .records .column-origin {
    width: 184px;
  }
  .records .column-ms {
    width: 88px;
  }
  .records .column-rows {
    width: 76px;
  }
  .records .column-bytes {
    width: 92px;
  }
  .pages {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    border-top: 1px solid var(--divider);
  }
  .pages span {
    flex: 1;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .pages .icon {
    width: 16px;
    height: 16px;
  }
  .pages .button:disabled {
    cursor: default;
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 48px 24px;
    text-align: center;
    color: var(--muted);
  }
  .state-title {
    font-size: 16px;
    font-weight: 600;
    color: var(--text);
  }
  .state pre {
    max-width: 100%;
    margin: 0;
    padding: 12px 16px;
    overflow-x: auto;
    font-size: 12px;
    text-align: left;
    color: var(--text);
    background: var(--page);
    border-radius: 6px;
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
  .bar {
    display: block;
    height: 12px;
    background: var(--divider);
    border-radius: 4px;
  }
  .bar-label {
    width: 60%;
  }
  .bar-value {
    width: 80%;
    height: 24px;
    margin-top: 10px;
  }
  .bar-0 {
    width: 34%;
  }
  .bar-1 {
    width: 46%;
  }
  .bar-2 {
    width: 28%;
  }
  .bar-short {
    width: 96px;
  }
  .rows-skeleton div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    height: 52px;
    padding: 0 16px;
    border-top: 1px solid var(--divider);
  }
  @media (prefers-reduced-motion: no-preference) {
    .bar,
    .chart-skeleton {
      animation: fade 1.4s ease-in-out infinite alternate;
    }
    .progress::after {
      animation: slide 1.1s ease-in-out infinite;
    }
    .refresh[data-busy] .icon {
      animation: turn 1s linear infinite;
    }
    .live[aria-pressed='true'] .pulse {
      animation: fade 1s ease-in-out infinite alternate;
    }
    @keyframes fade {
      to {
        opacity: 0.45;
      }
    }
    @keyframes slide {
      from {
        transform: translateX(-100%);
      }
      to {
        transform: translateX(340%);
      }
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  }
  @media (pointer: coarse) {
    .switch button,
    select,
    .member-filter input {
      min-height: 40px;
    }
    select,
    .member-filter input {
      font-size: 16px;
    }
  }
  @media (max-width: 1100px) {
    .figures {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .figure:nth-child(5) {
      border-left: 0;
    }
    .figure:nth-child(n + 5) {
      border-top: 1px solid var(--divider);
    }
    .questions :is(.column-rollup, .column-latest),
    .records .column-caller {
      display: none;
    }
  }
  @media (max-width: 720px) {
    .head-end {
      width: 100%;
    }
    .head-end .switch {
      flex: 1;
    }
    .head-end .switch button {
      flex: 1;
      padding: 0 4px;
    }
    .filters {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .member-filter,
    .filters select {
      width: 100%;
      max-width: none;
    }
    .member-filter {
      grid-column: 1 / -1;
    }
    .select {
      width: 100%;
    }
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .figure {
      min-height: 104px;
    }
    .figure:nth-child(odd) {
      border-left: 0;
    }
    .figure:nth-child(n + 3) {
      border-top: 1px solid var(--divider);
    }
    .figure:nth-child(7) {
      grid-column: 1 / -1;
      min-height: 0;
    }
    .origins .aside {
      margin-left: 0;
    }
    .tabs {
      justify-content: space-between;
      gap: 12px;
    }
    table,
    tbody {
      display: block;
    }
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 8px 12px;
      padding: 12px 16px;
      border-top: 1px solid var(--divider);
    }
    tbody tr:first-child {
      border-top: 0;
    }
    td,
    td.number,
    td:first-child,
    td:last-child {
      height: auto;
      padding: 0;
      border: 0;
      text-align: left;
    }
    td.column-question {
      grid-column: 1 / -1;
      order: -1;
      white-space: normal;
    }
    td[data-label]::before {
      content: attr(data-label);
      display: block;
      font-size: 12px;
      color: var(--muted);
    }
    .questions :is(.column-rollup, .column-latest),
    .records .column-caller {
      display: block;
    }
    td.column-at,
    td.column-origin {
      grid-column: span 2;
    }
    td.column-caller {
      grid-column: span 1;
      grid-row: 2;
      grid-column-start: 3;
      white-space: normal;
    }
    .questions :is(.column-time, .column-count, .column-cached, .column-rollup, .column-p95, .column-longest, .column-errors, .column-latest),
    .records :is(.column-at, .column-caller, .column-origin, .column-ms, .column-rows, .column-bytes) {
      width: auto;
    }
    .meter {
      display: none;
    }
    td.column-time .share {
      min-width: 0;
    }
  }
`
