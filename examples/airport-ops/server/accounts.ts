/** A customer of the product: an airport whose staff signs in. */
export interface Account {
  /** IATA code: what the customer may see. */
  readonly airport: string
  /** Sign-in name. */
  readonly email: string
  /** The airport's name as its staff says it. */
  readonly name: string
}

/** The demonstration customers, in the order the sign-in page lists them. */
export const ACCOUNTS: readonly Account[] = [
  { airport: 'SEA', email: 'ops@sea.example', name: 'Seattle–Tacoma' },
  { airport: 'DEN', email: 'ops@den.example', name: 'Denver' },
  { airport: 'JFK', email: 'ops@jfk.example', name: 'New York JFK' },
  { airport: 'MSY', email: 'ops@msy.example', name: 'New Orleans' },
  { airport: 'OAK', email: 'ops@oak.example', name: 'Oakland' },
  { airport: 'ANC', email: 'ops@anc.example', name: 'Anchorage' },
]

/** The account with this sign-in name, whatever its case; undefined when there is none. */
export function findAccount(email: string): Account | undefined {
  const wanted = email.trim().toLowerCase()
  return ACCOUNTS.find((account) => account.email === wanted)
}
