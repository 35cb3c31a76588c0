import type { ResultWarning } from '@datainsight/core'
import type { SdkErrorCode } from './state/describe-error.ts'

/** Every text the elements show or speak. Numbers and dates come formatted. */
export interface Messages {
  readonly loading: string
  readonly refreshing: string
  readonly retry: string
  readonly copyRequestId: (id: string) => string
  readonly copied: string
  readonly requestId: string
  readonly faults: Readonly<Record<SdkErrorCode, { readonly title: string; readonly text: string }>>
  readonly empty: {
    readonly title: string
    readonly filtered: string
    readonly unfiltered: string
    readonly clearFilters: string
  }
  readonly emptyDashboard: { readonly title: string; readonly text: string }
  readonly configuration: { readonly title: string; readonly noAddress: string; readonly noDashboard: string }
  readonly viewAsTable: string
  readonly viewAsChart: string
  readonly tileMenu: (title: string) => string
  readonly refresh: string
  readonly copyData: string
  readonly dataOf: (time: string) => string
  readonly dataUpdated: string
  /** Values that an answer could not say; in the server’s words when absent. */
  readonly warning?: (warning: ResultWarning) => string
  readonly metric: {
    readonly versus: (span: string) => string
    readonly previousDays: (days: number) => string
    readonly previousPeriod: string
    readonly unchanged: string
    readonly noEarlierData: string
    readonly up: string
    readonly down: string
    readonly better: string
    readonly worse: string
    readonly trend: (title: string, first: string, last: string) => string
  }
  readonly table: {
    readonly sortAscending: (title: string) => string
    readonly sortDescending: (title: string) => string
    readonly sortNone: (title: string) => string
    readonly sorted: (title: string, direction: 'asc' | 'desc' | undefined) => string
    readonly rows: (count: string) => string
    readonly truncated: (shown: string, total: string | undefined) => string
    readonly label: string
    readonly empty: string
  }
  readonly filter: {
    readonly bar: string
    readonly all: string
    readonly anyTime: string
    readonly wholePeriod: string
    readonly selected: (count: string) => string
    readonly more: (count: string) => string
    readonly search: (title: string) => string
    readonly searchPlaceholder: string
    readonly noMatch: (search: string) => string
    readonly noOptions: string
    readonly loadingOptions: string
    readonly options: (count: string) => string
    readonly truncated: (count: string) => string
    readonly selectAll: string
    readonly selectShown: string
    readonly selectNone: string
    readonly clear: (title: string) => string
    readonly remove: (label: string) => string
    readonly apply: string
    readonly cancel: string
    readonly close: string
    readonly reset: string
    readonly from: string
    readonly to: string
    readonly presets: string
    readonly custom: string
    readonly previousMonth: string
    readonly nextMonth: string
    readonly calendar: string
    readonly dateFormat: string
    readonly badDate: string
    readonly beforeMin: (min: string) => string
    readonly afterMax: (max: string) => string
    readonly endBeforeStart: string
    readonly optionsFailed: string
    readonly presetTitles: Readonly<Record<string, string>>
  }
}

const plural = (count: string, one: string, many: string) => (count === '1' ? `1 ${one}` : `${count} ${many}`)

/** English texts; the default and the fallback of every locale. */
export const ENGLISH: Messages = {
  loading: 'Loading',
  refreshing: 'Updating',
  retry: 'Retry',
  copyRequestId: (id) => `Copy request id ${id}`,
  copied: 'Copied',
  requestId: 'Request id',
  faults: {
    'token-expired': { title: 'Your session has ended', text: 'Reload the page or sign in again to see this.' },
    'token-invalid': {
      title: 'This could not be opened',
      text: 'The access pass of this page was not accepted. Reload the page; if that does not help, tell its owner.',
    },
    'token-unavailable': {
      title: 'No access pass',
      text: 'The page did not provide an access pass. Try again in a moment.',
    },
    'origin-denied': {
      title: 'Not available on this site',
      text: 'This content may not be shown at this address. Tell the owner of the page.',
    },
    forbidden: { title: 'No access', text: 'You do not have access to this. Ask the owner of the page if you should.' },
    'not-found': { title: 'Not found', text: 'It does not exist or is not shared with you.' },
    'rate-limited': { title: 'Too busy right now', text: 'Many requests are under way. Try again in a moment.' },
    timeout: {
      title: 'This took too long',
      text: 'The answer did not come in time. Try again, or choose a shorter period.',
    },
    network: {
      title: 'You seem to be offline',
      text: 'The data could not be reached. Check the connection and try again.',
    },
    'query-failed': {
      title: 'This could not be loaded',
      text: 'Something went wrong while the data was read. Try again in a moment.',
    },
    'chart-failed': {
      title: 'This could not be drawn',
      text: 'The data came, but the chart could not be drawn. View it as a table instead.',
    },
  },
  empty: {
    title: 'No data',
    filtered: 'Nothing matches the filters.',
    unfiltered: 'There is nothing to show here yet.',
    clearFilters: 'Clear filters',
  },
  emptyDashboard: { title: 'Nothing here yet', text: 'This dashboard has no tiles.' },
  configuration: {
    title: 'Not set up',
    noAddress: 'No server address: set api-url here or on a di-provider around it.',
    noDashboard: 'No dashboard chosen: set dashboard-id.',
  },
  viewAsTable: 'View as table',
  viewAsChart: 'View as chart',
  tileMenu: (title) => `Options of ${title}`,
  refresh: 'Refresh',
  copyData: 'Copy data',
  dataOf: (time) => `Data of ${time}`,
  dataUpdated: 'Data updated',
  metric: {
    versus: (span) => `vs ${span}`,
    previousDays: (days) => (days === 1 ? 'the day before' : `previous ${days} days`),
    previousPeriod: 'previous period',
    unchanged: 'No change',
    noEarlierData: 'No earlier data',
    up: 'up',
    down: 'down',
    better: 'better',
    worse: 'worse',
    trend: (title, first, last) => `Trend of ${title}: from ${first} to ${last}`,
  },
  table: {
    sortAscending: (title) => `Sort by ${title}, ascending`,
    sortDescending: (title) => `Sort by ${title}, descending`,
    sortNone: (title) => `Remove sorting by ${title}`,
    sorted: (title, direction) =>
      direction === undefined
        ? 'Original order'
        : `Sorted by ${title}, ${direction === 'asc' ? 'ascending' : 'descending'}`,
    rows: (count) => plural(count, 'row', 'rows'),
    truncated: (shown, total) => (total === undefined ? `First ${shown} rows` : `First ${shown} of ${total} rows`),
    label: 'Data',
    empty: 'No rows',
  },
  filter: {
    bar: 'Filters',
    all: 'All',
    anyTime: 'All time',
    wholePeriod: 'Whole period',
    selected: (count) => `${count} selected`,
    more: (count) => `+${count}`,
    search: (title) => `Search ${title}`,
    searchPlaceholder: 'Search',
    noMatch: (search) => `Nothing matches “${search}”.`,
    noOptions: 'There is nothing to choose from.',
    loadingOptions: 'Loading choices',
    options: (count) => plural(count, 'choice', 'choices'),
    truncated: (count) => `First ${count}. Search to find others.`,
    selectAll: 'Select all',
    selectShown: 'Select shown',
    selectNone: 'Clear',
    clear: (title) => `Clear ${title}`,
    remove: (label) => `Remove ${label}`,
    apply: 'Apply',
    cancel: 'Cancel',
    close: 'Close',
    reset: 'Reset',
    from: 'From',
    to: 'To',
    presets: 'Ranges',
    custom: 'Custom',
    previousMonth: 'Previous month',
    nextMonth: 'Next month',
    calendar: 'Calendar',
    dateFormat: 'YYYY-MM-DD',
    badDate: 'Write a date as YYYY-MM-DD.',
    beforeMin: (min) => `The first day is ${min}.`,
    afterMax: (max) => `The last day is ${max}.`,
    endBeforeStart: 'The end is before the start.',
    optionsFailed: 'The choices could not be loaded.',
    presetTitles: {
      today: 'Today',
      yesterday: 'Yesterday',
      'last 7 days': 'Last 7 days',
      'last 28 days': 'Last 28 days',
      'last 30 days': 'Last 30 days',
      'last 90 days': 'Last 90 days',
      'this month': 'This month',
      'last month': 'Last month',
      'this quarter': 'This quarter',
      'last quarter': 'Last quarter',
      'this year': 'This year',
      'last year': 'Last year',
    },
  },
}
