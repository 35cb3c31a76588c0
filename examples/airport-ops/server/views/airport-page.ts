import type { AirportDirectory } from '../airport-directory.ts'
import { airportMap } from '../airport-map.ts'
import { findNeighbours } from '../airport-neighbours.ts'
import { type Html, html } from '../html.ts'
import { appShell, type ShellOptions } from './app-shell.ts'

const NEARBY_MILES = 50

/** What the public directory knows of the customer's airport: facts, place, fields nearby. */
export function airportPage(
  options: Omit<ShellOptions, 'title' | 'section' | 'lead'> & { directory: AirportDirectory },
): string {
  const { airport, directory } = options
  const sameState = [...directory.values()].filter(({ state }) => state === airport.state).length
  const neighbours = findNeighbours(directory, airport)
  const nearby = neighbours.filter(({ miles }) => miles <= NEARBY_MILES).length
  return appShell(
    {
      ...options,
      title: airport.name,
      section: '/airport',
      lead: `${airport.city}, ${airport.state}`,
      styles: ['airport.css'],
    },
    html`<div class="cards">
  <section class="card facts" aria-labelledby="facts-title">
    <h2 id="facts-title">Location</h2>
    <dl>
      ${fact('IATA code', airport.iata)}
      ${fact('City', airport.city)}
      ${fact('State', airport.state)}
      ${fact('Latitude', degrees(airport.latitude, 'N', 'S'))}
      ${fact('Longitude', degrees(airport.longitude, 'E', 'W'))}
      ${fact(`Airports in ${airport.state}`, String(sameState))}
      ${fact(`Airports within ${NEARBY_MILES} miles`, String(nearby))}
    </dl>
  </section>
  <section class="card place" aria-labelledby="place-title">
    <h2 id="place-title">On the map</h2>
    ${airportMap(directory, airport)}
    <p class="hint">Every dot is an airport; the directory holds ${directory.size.toLocaleString('en-US')}.</p>
  </section>
  <section class="card near" aria-labelledby="near-title">
    <h2 id="near-title">Nearest airports</h2>
    <div class="table-scroll" role="group" aria-label="Table of the nearest airports" tabindex="0">
    <table>
      <thead><tr><th scope="col">Code</th><th scope="col">Airport</th><th scope="col" class="near-city">City</th><th scope="col" class="number">Miles</th></tr></thead>
      <tbody>
        ${neighbours
          .slice(0, 8)
          .map(
            ({ airport: near, miles }) =>
              html`<tr><td class="code">${near.iata}</td><td>${near.name}</td><td class="near-city">${near.city}, ${near.state}</td><td class="number">${miles.toFixed(1)}</td></tr>`,
          )}
      </tbody>
    </table>
    </div>
  </section>
</div>`,
  )
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`
}
