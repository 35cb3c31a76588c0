import type { Airport, AirportDirectory } from './airport-directory.ts'

const EARTH_RADIUS_MILES = 3_958.8
const toRadians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance in statute miles (haversine formula). */
export function distanceMiles(a: Airport, b: Airport): number {
  const sinLatitude = Math.sin(toRadians(b.latitude - a.latitude) / 2)
  const sinLongitude = Math.sin(toRadians(b.longitude - a.longitude) / 2)
  const cosines = Math.cos(toRadians(a.latitude)) * Math.cos(toRadians(b.latitude))
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(sinLatitude ** 2 + cosines * sinLongitude ** 2))
}

/** All other fields of the directory with their distance, nearest first. */
export function findNeighbours(directory: AirportDirectory, airport: Airport) {
  return [...directory.values()]
    .filter((other) => other.iata !== airport.iata)
    .map((other) => ({ airport: other, miles: distanceMiles(airport, other) }))
    .sort((a, b) => a.miles - b.miles)
}
