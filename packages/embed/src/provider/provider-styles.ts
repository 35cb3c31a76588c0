import { css } from 'lit'

/** The provider has no box of its own. */
export const providerStyles = css`
  :host {
    display: contents;
  }
`
