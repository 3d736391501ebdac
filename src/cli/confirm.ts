// A yes-or-no question on the terminal. It is asked on stderr, so that what is printed can be sent elsewhere.

import { createInterface } from 'node:readline/promises'
import { InterruptedError } from '../connection/errors.js'

/** @returns whether the answer was yes; no is what Enter alone means */
export async function confirm(question: string, interruption: AbortSignal): Promise<boolean> {
  // `terminal: false` leaves Ctrl-C to the process, which stops what is under way.
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  const atEnd = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([
      reader.question(`  ${question} (y/N) `, { signal: interruption }),
      atEnd,
    ])
    return /^y(?:es)?$/i.test(answer.trim())
  } catch (error) {
    if (!interruption.aborted) throw error
    process.stderr.write('\n')
    throw new InterruptedError()
  } finally {
    reader.close()
  }
}
