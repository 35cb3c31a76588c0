'use client'

import { type Client, createClient, type GetToken } from '@datainsight/core/client'
import { type ErrorEvent, ProviderElement, type Theme, TokenRefreshEvent } from '@datainsight/embed'
import '@datainsight/embed/provider/define'
import { createComponent, type EventName } from '@lit/react'
import * as react from 'react'
import { createElement, type ReactElement, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { ClientContext } from './client-context.ts'

const Provider = createComponent({
  react,
  displayName: 'Provider',
  tagName: 'di-provider',
  elementClass: ProviderElement,
  events: {
    onError: 'di-error' as EventName<ErrorEvent>,
    onTokenRefresh: 'di-token-refresh' as EventName<TokenRefreshEvent>,
  },
})

/** Props of {@link DataInsightProvider}. */
export interface DataInsightProviderProps {
  /** Origin of the DataInsight server, such as `https://analytics.example.com`. */
  readonly apiUrl: string
  /**
   * Fetches an embed token from your own server. The newest function given is the one called, so it need not be memoized.
   */
  readonly getToken?: GetToken
  /** A token to start with, where no `getToken` is given. */
  readonly token?: string
  /** Names the viewer, such as a user id. When it changes, everything fetched for the last viewer is forgotten. */
  readonly viewer?: string
  /** `auto`, `light` or `dark`; `auto` when absent. */
  readonly theme?: Theme
  /** BCP 47 tag for numbers and dates; the browser's language when absent. */
  readonly locale?: string
  /** IANA zone that dates are read and shown in; the dashboard's when absent. */
  readonly timezone?: string
  /** Hears every failure of the elements inside. */
  readonly onError?: (event: ErrorEvent) => void
  /** Hears that another token is in use. */
  readonly onTokenRefresh?: (event: TokenRefreshEvent) => void
  readonly children?: ReactNode
}

/** Gives the elements and hooks inside it one client: one server, one token, one way to write numbers. */
export function DataInsightProvider(props: DataInsightProviderProps): ReactElement {
  const { apiUrl, getToken, token, viewer, theme, locale, timezone, onError, onTokenRefresh, children } = props
  const element = useRef<ProviderElement>(null)
  const newest = useRef(getToken)
  useEffect(() => {
    newest.current = getToken
  })
  const hasGetToken = getToken !== undefined
  // A client opens nothing before its first call, so that those made by renders that React throws away cost nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another viewer is another client although nothing reads it
  const client = useMemo((): Client => {
    const fetchToken: GetToken = (request) => newest.current?.(request) ?? Promise.reject(new Error('no getToken'))
    return createClient({ apiUrl, locale, token, ...(hasGetToken && { getToken: fetchToken }) })
  }, [apiUrl, locale, token, viewer, hasGetToken])
  useEffect(
    () => client.on('token', ({ reason }) => element.current?.dispatchEvent(new TokenRefreshEvent(reason))),
    [client],
  )
  const elementProps = { ref: element, client, theme, locale, timezone, onError, onTokenRefresh }
  return createElement(ClientContext.Provider, { value: client }, createElement(Provider, elementProps, children))
}
