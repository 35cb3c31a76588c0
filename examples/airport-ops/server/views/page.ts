import { type Html, html } from '../html.ts'
import { logo } from './logo.ts'

/** Looks a visitor can choose; `auto` follows the system. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** What every page says of itself. */
export interface PageOptions {
  readonly title: string
  readonly theme: Theme
  /** Style sheets of `web/css` besides the common ones. */
  readonly styles?: readonly string[]
  /** Modules of `web/js` besides the theme switch. */
  readonly scripts?: readonly string[]
  /** Markup of the head that only this page needs. */
  readonly head?: Html
}

/** A whole document. No inline script or style: the content security policy forbids them. */
export function page(options: PageOptions, body: Html): string {
  const styles = ['tokens.css', 'base.css', ...(options.styles ?? [])]
  const scripts = ['theme.js', ...(options.scripts ?? [])]
  return html`<!doctype html>
<html lang="en" data-theme="${options.theme}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${options.title} – Apron</title>
  <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
  <link rel="preload" href="/assets/fonts/archivo.woff2" as="font" type="font/woff2" crossorigin>
  ${styles.map((file) => html`<link rel="stylesheet" href="/assets/css/${file}">`)}
  ${scripts.map((file) => html`<script type="module" src="/assets/js/${file}"></script>`)}
  ${options.head}
</head>
<body>${body}</body>
</html>`.text
}

/** The mark and the name, as they stand at the top of every page. */
export function brand(): Html {
  return html`<span class="brand">${logo()}<span class="brand-name">Apron</span></span>`
}

/** The button that goes through the looks. `theme.js` makes it work; without scripts it stays hidden. */
export function themeSwitch(theme: Theme): Html {
  return html`<button type="button" class="icon-button" id="theme-switch" data-theme-choice="${theme}" hidden>
    <svg class="icon icon-light" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="3.6" /><path d="M10 1.8v2.4M10 15.8v2.4M1.8 10h2.4M15.8 10h2.4M4.2 4.2l1.7 1.7M14.1 14.1l1.7 1.7M15.8 4.2l-1.7 1.7M5.9 14.1l-1.7 1.7" /></svg>
    <svg class="icon icon-dark" viewBox="0 0 20 20" aria-hidden="true"><path d="M16.8 12.2A7.2 7.2 0 0 1 7.8 3.2a7.2 7.2 0 1 0 9 9Z" /></svg>
    <span class="visually-hidden" id="theme-switch-label">Switch between light and dark</span>
  </button>`
}
