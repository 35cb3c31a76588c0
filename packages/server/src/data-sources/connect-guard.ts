import { lookup as lookupName } from 'node:dns/promises'
import { isIP, type LookupFunction, Socket } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which addresses data sources may be at. */
export interface ConnectPolicy {
  /** Any address, our own stores too. */
  readonly allowPrivate: boolean
  /** This machine, except our own stores. For development. */
  readonly allowLoopback: boolean
  /** Host names, addresses and CIDR ranges that are allowed whatever they are. */
  readonly allowed: readonly string[]
  /** Where our own stores listen. */
  readonly ownStores: readonly HostPort[]
}

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** Opens the connections of data sources. */
export interface ConnectGuard {
  /** A socket that connects to `port` of `host` once the address was checked; a refusal is its `error`. */
  connect(host: string, port: number): Socket
  /** A socket for drivers that call `connect(port, host)` themselves. */
  socket(): Socket
  /** The check as Node's own lookup, for HTTP agents. It is not called for addresses, which {@link check} is for. */
  lookupFor(port: number): LookupFunction
  /** Resolves when `host` may be connected to. @throws BlockedTarget */
  check(host: string, port: number): Promise<void>
}

/** A target that data sources may not be at. Says the same whatever the reason, so that it maps no network. */
export class BlockedTarget extends Error {
  override readonly name = 'BlockedTarget'
  readonly code = 'EBLOCKED'

  constructor(host: string) {
    super(`connections to ${host} are not allowed`)
  }
}

/** The metadata service of Azure is on a public address. */
const METADATA_ADDRESSES = new Set(['168.63.129.16'])
/** Addresses that stand for IPv4 ones in an outdated way and are routed as such by some systems (RFC 4291, 2.5.5.1). */
const IPV4_COMPATIBLE = ipaddr.parseCIDR('::/96')

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Guards the connections of data sources. A name is resolved by us, every address it has must be allowed, and the connection
 * goes to the addresses that were checked: a second answer of a name server is never asked for.
 */
export function createConnectGuard(policy: ConnectPolicy): ConnectGuard {
  const allowedNames = new Set<string>()
  const allowedRanges: [Address, number][] = []
  for (const entry of policy.allowed) {
    if (ipaddr.isValidCIDR(entry)) allowedRanges.push(ipaddr.parseCIDR(entry))
    else if (isIP(entry) !== 0) {
      const address = ipaddr.process(entry)
      allowedRanges.push([address, address.kind() === 'ipv4' ? 32 : 128])
    } else allowedNames.add(canonicalName(entry))
  }
  const isAllowedRange = (address: Address) =>
    allowedRanges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))

  const isOwnStore = async (address: Address, port: number): Promise<boolean> => {
    for (const store of policy.ownStores) {
      if (store.port !== port) continue
      const own = await resolveAll(store.host).catch(() => [])
      const isLocal = own.some((other) => other.range() === 'loopback')
      // Every loopback address reaches what listens on one of them or on all.
      if (isLocal && address.range() === 'loopback') return true
      if (own.some((other) => other.toString() === address.toString())) return true
    }
    return false
  }

  /** The addresses of a host, all of them allowed. */
  const resolveAllowed = async (host: string, port: number): Promise<Address[]> => {
    const addresses = await resolveAll(host)
    if (policy.allowPrivate || allowedNames.has(canonicalName(host))) return addresses
    for (const address of addresses) {
      if (isAllowedRange(address)) continue
      const isReachable = isPublic(address) || (policy.allowLoopback && address.range() === 'loopback')
      if (!isReachable || (await isOwnStore(address, port))) throw new BlockedTarget(host)
    }
    return addresses
  }

  const lookupFor =
    (port: number): LookupFunction =>
    (host, options, callback) => {
      resolveAllowed(host, port).then(
        (addresses) => {
          const found = addresses.map((address) => ({
            address: address.toString(),
            family: address.kind() === 'ipv4' ? 4 : 6,
          }))
          if (options.all === true) callback(null, found)
          else callback(null, found[0]!.address, found[0]!.family)
        },
        (error: NodeJS.ErrnoException) => callback(error, '', 0),
      )
    }

  const open = (socket: Socket, host: string, port: number): Socket => {
    if (isIP(host) === 0) return socket.connect({ host, port, lookup: lookupFor(port) })
    // Node asks no lookup function for an address.
    resolveAllowed(host, port).then(
      ([address]) => {
        if (!socket.destroyed) socket.connect({ host: address!.toString(), port })
      },
      (error: Error) => socket.destroy(error),
    )
    return socket
  }

  return {
    connect: (host, port) => open(new Socket(), host, port),
    socket() {
      const socket = new Socket()
      const connect = socket.connect.bind(socket)
      let isOpening = false
      socket.connect = ((...args: unknown[]) => {
        // Our own call below comes through here again.
        if (isOpening) return (connect as (...rest: unknown[]) => Socket)(...args)
        isOpening = true
        const [port, host] = args as [number, string]
        return open(socket, host, port)
      }) as Socket['connect']
      return socket
    },
    lookupFor,
    async check(host, port) {
      await resolveAllowed(host, port)
    },
  }
}

async function resolveAll(host: string): Promise<Address[]> {
  // Some resolvers do not know `localhost.`, others do: the dot says nothing more here.
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  if (isIP(bare) !== 0) return [ipaddr.process(bare)]
  const found = await lookupName(bare, { all: true, order: 'verbatim' })
  return found.map(({ address }) => ipaddr.process(address))
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || METADATA_ADDRESSES.has(address.toString())) return false
  return address.kind() === 'ipv4' || !address.match(IPV4_COMPATIBLE)
}

function canonicalName(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}
