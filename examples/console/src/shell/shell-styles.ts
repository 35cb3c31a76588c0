import { css } from 'lit'

/** Layout of the console: navigation at the left, a bar at the top; on phones the navigation is a bar at the bottom. */
export const shellStyles = css`
  :host {
    display: grid;
    grid-template: 56px 1fr / 232px minmax(0, 1fr);
    grid-template-areas: 'aside header' 'aside main';
    min-height: 100vh;
    min-height: 100dvh;
  }
  :host([collapsed]) {
    grid-template-columns: 60px minmax(0, 1fr);
  }
  .skip-link {
    position: fixed;
    left: 8px;
    top: -60px;
    z-index: 30;
    padding: 10px 14px;
    font: inherit;
    color: var(--on-primary);
    background: var(--primary);
    border: 0;
    border-radius: 6px;
  }
  .skip-link:focus {
    top: 8px;
  }
  aside {
    grid-area: aside;
    position: sticky;
    top: 0;
    display: flex;
    flex-direction: column;
    height: 100vh;
    padding: 0 12px 12px;
    background: var(--surface);
    border-right: 1px solid var(--border);
  }
  .product {
    display: flex;
    align-items: center;
    gap: 10px;
    height: 56px;
    padding: 0 4px;
    font-weight: 600;
    font-size: 14px;
    text-decoration: none;
  }
  aside nav {
    display: grid;
    gap: 2px;
    margin-top: 12px;
  }
  .aside-end {
    display: grid;
    gap: 2px;
    margin-top: auto;
  }
  .nav-item {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    height: 36px;
    padding: 0 8px;
    font: inherit;
    font-weight: 500;
    text-align: left;
    color: var(--muted);
    background: none;
    border: 0;
    border-radius: 6px;
    text-decoration: none;
    cursor: pointer;
  }
  .nav-item:hover {
    color: var(--text);
    background: var(--divider);
  }
  .nav-item[aria-current] {
    color: var(--primary);
    background: var(--primary-soft);
  }
  .nav-item kbd {
    margin-left: auto;
  }
  :host([collapsed]) .wide {
    display: none;
  }
  .phone {
    display: none;
  }
  header {
    grid-area: header;
    position: sticky;
    top: 0;
    z-index: 10;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 0 24px;
    background: var(--surface);
    border-bottom: 1px solid var(--border);
  }
  .crumbs {
    flex: 1;
    min-width: 0;
  }
  ol {
    display: flex;
    align-items: center;
    margin: 0;
    padding: 0;
    list-style: none;
    white-space: nowrap;
  }
  li {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  li + li::before {
    content: '/';
    padding: 0 8px;
    color: var(--muted);
  }
  li a {
    color: var(--muted);
    text-decoration: none;
  }
  li a:hover {
    color: var(--text);
    text-decoration: underline;
  }
  [aria-current='page'] {
    font-weight: 500;
  }
  .palette-button {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 240px;
    height: 32px;
    padding: 0 6px 0 8px;
    font: inherit;
    color: var(--muted);
    background: var(--page);
    border: 1px solid var(--border);
    border-radius: 6px;
    cursor: pointer;
  }
  .palette-button:hover {
    border-color: var(--control-border);
  }
  .palette-button .icon {
    width: 16px;
    height: 16px;
  }
  .palette-button kbd {
    margin-left: auto;
    background: var(--surface);
  }
  main {
    grid-area: main;
    width: 100%;
    max-width: 1440px;
    margin-inline: auto;
    padding: 24px;
  }
  main:focus {
    outline: none;
  }
  @media (max-width: 720px) {
    :host,
    :host([collapsed]) {
      grid-template: 56px 1fr auto / minmax(0, 1fr);
      grid-template-areas: 'header' 'main' 'aside';
    }
    aside {
      z-index: 10;
      top: auto;
      bottom: 0;
      flex-direction: row;
      height: auto;
      padding: 4px 8px calc(4px + env(safe-area-inset-bottom));
      border-right: 0;
      border-top: 1px solid var(--border);
    }
    .product,
    .desktop,
    .palette-button {
      display: none;
    }
    aside nav,
    .aside-end {
      flex: 1;
      margin: 0;
    }
    aside nav {
      grid-auto-flow: column;
      grid-auto-columns: 1fr;
      flex: 2;
    }
    .phone {
      display: flex;
    }
    .nav-item {
      flex-direction: column;
      justify-content: center;
      gap: 2px;
      height: 48px;
      font-size: 12px;
    }
    .nav-item[aria-current] {
      background: none;
    }
    :host([collapsed]) .wide {
      display: inline;
    }
    header {
      padding: 0 8px 0 16px;
    }
    main {
      padding: 16px;
    }
  }
`
