import type { ChartSpec } from '@datainsight/core'
import type { ResultName } from './read-results.ts'

/** One chart of the gallery. */
export interface GalleryChart {
  readonly id: string
  readonly title: string
  readonly spec: ChartSpec
  readonly result: ResultName
  readonly comparison?: ResultName
}

/** Every type in its usual and its awkward forms. */
export const GALLERY_CHARTS: readonly GalleryChart[] = [
  { id: 'line', title: 'Flights by day', spec: { type: 'line', y: ['flights.count'] }, result: 'byDay' },
  {
    id: 'line-compared',
    title: 'Flights, two weeks',
    spec: { type: 'line' },
    result: 'march',
    comparison: 'marchBefore',
  },
  { id: 'line-four', title: 'Average delay by destination', spec: { type: 'line' }, result: 'byWeekFour' },
  {
    id: 'line-six',
    title: 'Flights to the busiest destinations',
    spec: { type: 'line', smooth: true },
    result: 'byWeekTop',
  },
  {
    id: 'line-target',
    title: 'Average delay',
    spec: { type: 'line', y: ['flights.avg_delay'], target: { value: 15, label: 'Target 15 min' } },
    result: 'byDay',
  },
  { id: 'line-hours', title: 'Flights by hour', spec: { type: 'line' }, result: 'byHour' },
  { id: 'area', title: 'Flights by day', spec: { type: 'area', y: ['flights.count'] }, result: 'byDay' },
  {
    id: 'area-stacked',
    title: 'Flights to the busiest destinations',
    spec: { type: 'area', stack: 'stacked' },
    result: 'byWeekTop',
  },
  { id: 'area-percent', title: 'Mix of destinations', spec: { type: 'area', stack: 'percent' }, result: 'byWeekTop' },
  { id: 'column', title: 'Flights by month', spec: { type: 'column', y: ['flights.count'] }, result: 'byMonth' },
  { id: 'column-days', title: 'Flights by day', spec: { type: 'column', y: ['flights.count'] }, result: 'byDay' },
  {
    id: 'column-compared',
    title: 'Flights, two weeks',
    spec: { type: 'column' },
    result: 'march',
    comparison: 'marchBefore',
  },
  {
    id: 'column-stacked',
    title: 'Flights by destination',
    spec: { type: 'column', stack: 'stacked' },
    result: 'byWeekAll',
  },
  {
    id: 'column-percent',
    title: 'Mix of destinations',
    spec: { type: 'column', stack: 'percent' },
    result: 'byWeekTop',
  },
  { id: 'column-codes', title: 'Flights by destination', spec: { type: 'column' }, result: 'codes' },
  {
    id: 'column-turned',
    title: 'Top destinations',
    spec: { type: 'column', y: ['flights.count'] },
    result: 'destinations',
  },
  {
    id: 'combo',
    title: 'Flights and delay by month',
    spec: { type: 'column', secondAxis: ['flights.avg_delay'] },
    result: 'byMonth',
  },
  { id: 'combo-lines', title: 'Flights and delay by day', spec: { type: 'line' }, result: 'byDay' },
  { id: 'bar', title: 'Top destinations', spec: { type: 'bar', y: ['flights.count'] }, result: 'destinations' },
  {
    id: 'bar-target',
    title: 'Average delay by destination',
    spec: { type: 'bar', y: ['flights.avg_delay'], target: { value: 10, label: 'Target' } },
    result: 'destinations',
  },
  { id: 'bar-codes', title: 'Flights by destination', spec: { type: 'bar' }, result: 'codes' },
  { id: 'pie', title: 'Flights by destination', spec: { type: 'pie', y: ['flights.count'] }, result: 'destinations' },
  { id: 'donut', title: 'Flights by destination', spec: { type: 'donut' }, result: 'codes' },
  {
    id: 'scatter',
    title: 'Delay and distance by destination',
    spec: { type: 'scatter', x: 'flights.avg_distance', y: ['flights.avg_delay'] },
    result: 'routes',
  },
  {
    id: 'scatter-color',
    title: 'Delay and distance by destination',
    spec: { type: 'scatter', x: 'flights.avg_distance', y: ['flights.avg_delay'], color: 'flights.count' },
    result: 'routes',
  },
  {
    id: 'scatter-large',
    title: 'Delay and distance of 4,000 flights',
    spec: { type: 'scatter', x: 'flights.distance', y: ['flights.delay'] },
    result: 'flights',
  },
  {
    id: 'heatmap',
    title: 'Departures by weekday and hour',
    spec: { type: 'heatmap', x: 'flights.hour', series: 'flights.weekday' },
    result: 'heatmap',
  },
  { id: 'heatmap-months', title: 'Delayed by weekday and month', spec: { type: 'heatmap' }, result: 'monthWeekday' },
  { id: 'histogram', title: 'How late flights leave', spec: { type: 'histogram' }, result: 'delays' },
]
