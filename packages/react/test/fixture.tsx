import type { Query } from '@datainsight/core'
import { Dashboard, DataInsightProvider, useQuery } from '@datainsight/react'
import { StrictMode, useRef, useState, version } from 'react'
import { createRoot, type Root } from 'react-dom/client'

/** What the test steers from outside the page. */
interface Steering {
  readonly reactVersion: string
  /** Every text the query component has ever shown, in order. */
  readonly shown: string[]
  setQuery(query: Query | undefined): void
  unmount(): void
  showDashboard(): void
}

declare global {
  interface Window {
    steering: Steering
  }
}

const shown: string[] = []
let setQuery: (query: Query | undefined) => void = () => undefined

function Answer() {
  const [query, set] = useState<Query | undefined>({ measures: ['flights.count'] })
  setQuery = set
  // A new but equal object at each render, as people write it.
  const { data, error, pending, refetch } = useQuery(query && { ...query })
  const text = pending ? 'pending' : error ? `error ${error.code}` : data ? `data ${data.data[0]?.[0]}` : 'nothing'
  if (shown.at(-1) !== text) shown.push(text)
  return (
    <button type="button" id="answer" onClick={refetch}>
      {text}
    </button>
  )
}

function Embedded() {
  const element = useRef<HTMLElementTagNameMap['di-dashboard']>(null)
  const [fault, setFault] = useState('')
  return (
    <>
      <Dashboard ref={element} dashboardId="departures" onError={(event) => setFault(event.detail.code)} />
      <output id="fault">{fault && `${fault} ${element.current?.localName} ${element.current?.dashboardId}`}</output>
    </>
  )
}

const container = document.body.appendChild(document.createElement('div'))
const root: Root = createRoot(container)
const show = (content: React.ReactNode) =>
  root.render(
    <StrictMode>
      <DataInsightProvider apiUrl={location.origin} getToken={() => Promise.resolve('token')}>
        {content}
      </DataInsightProvider>
    </StrictMode>,
  )

window.steering = {
  reactVersion: version,
  shown,
  setQuery: (query) => setQuery(query),
  unmount: () => root.unmount(),
  showDashboard: () => show(<Embedded />),
}
show(<Answer />)
