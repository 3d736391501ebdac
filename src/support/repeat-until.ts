// Does something again and again, with pauses that grow, until it is no longer needed.

import { setTimeout as pause } from 'node:timers/promises'

const [firstPauseMs, longestPauseMs] = [100, 500]

/** An attempt that fails is followed by the next one. The pauses keep no process alive. */
export async function repeatUntil(isOver: () => boolean, attempt: () => Promise<void>): Promise<void> {
  for (let pauseMs = firstPauseMs; !isOver(); pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    await attempt().catch(() => undefined)
    await pause(pauseMs, undefined, { ref: false })
  }
}
