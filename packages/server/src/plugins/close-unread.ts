import type { Server } from 'node:http'

/**
 * Closes connections whose reader takes none of the bytes that wait for it for `idleMs`, whatever is being answered: what was
 * made for such a reader stays in memory as long as it is connected. A statement that takes long is no unread answer.
 * `onClose` hears of each, with the bytes that were left.
 */
export function closeUnread(server: Server, idleMs: number, onClose: (unreadBytes: number) => void): void {
  // Node sets this time for the length of a request and its own keep-alive time, a whole number, between two.
  const requestMs = idleMs + 0.5
  server.setTimeout(requestMs, (socket) => {
    const unreadBytes = socket.writableLength
    if (unreadBytes > 0) onClose(unreadBytes)
    // A listener takes over from Node, which would have closed it between two requests.
    if (unreadBytes > 0 || socket.timeout !== requestMs) socket.destroy()
  })
}
