import type { Airport, AirportDirectory } from './airport-directory.ts'
import { type Html, html } from './html.ts'

const WIDTH = 640
/** Degrees from edge to edge. Alaska and Hawaii are shown only around an airport there. */
const MAINLAND = { west: -125.5, east: -66, north: 50, south: 24 }
const COUNTRY = { west: -172, east: -64, north: 72, south: 17 }

type Bounds = typeof MAINLAND

const isInside = ({ latitude, longitude }: Airport, { west, east, north, south }: Bounds) =>
  longitude > west && longitude < east && latitude > south && latitude < north

/**
 * A map of the country made of its airports: one dot each, the given one marked. Equirectangular, shortened to the width
 * of a degree at 45° north.
 */
export function airportMap(directory: AirportDirectory, marked: Airport): Html {
  const bounds = isInside(marked, MAINLAND) ? MAINLAND : COUNTRY
  const scale = WIDTH / (bounds.east - bounds.west)
  const height = Math.round((bounds.north - bounds.south) * scale * Math.SQRT2)
  const x = (airport: Airport) => Math.round((airport.longitude - bounds.west) * scale * 10) / 10
  const y = (airport: Airport) => Math.round((bounds.north - airport.latitude) * scale * Math.SQRT2 * 10) / 10
  const inside = [...directory.values()].filter((airport) => isInside(airport, bounds))
  const dots = inside.map((airport) => `M${x(airport)} ${y(airport)}h0`).join('')
  const label = `Map of US airports; ${marked.iata} is marked in ${marked.city}, ${marked.state}.`
  return html`<svg class="map" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
    <path class="map-dots" d="${dots}" />
    <circle class="map-halo" cx="${x(marked)}" cy="${y(marked)}" r="16" />
    <circle class="map-mark" cx="${x(marked)}" cy="${y(marked)}" r="5" />
  </svg>`
}
