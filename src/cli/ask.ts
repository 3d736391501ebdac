// Questions on the terminal. They are asked on stderr, so that what is printed can be sent elsewhere.

import { createInterface } from 'node:readline/promises'
import { InterruptedError } from '../connection/errors.js'

/** @returns whether the answer was yes; no is what Enter alone means */
export async function confirm(question: string, interruption: AbortSignal): Promise<boolean> {
  return /^y(?:es)?$/i.test(await ask(`${question} (y/N)`, interruption))
}

/** @returns one of the words; the first is what Enter alone means */
export async function choose<Word extends string>(
  question: string,
  words: readonly [Word, ...Word[]],
  interruption: AbortSignal,
): Promise<Word> {
  const answer = await ask(`${question} ${words.join(', ')} (${words[0]})`, interruption)
  if (answer === '') return words[0]
  return words.find((word) => word === answer.toLowerCase()) ?? (await choose(question, words, interruption))
}

async function ask(question: string, interruption: AbortSignal): Promise<string> {
  // `terminal: false` leaves Ctrl-C to the process, which stops what is under way.
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  const atEnd = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([reader.question(`  ${question} `, { signal: interruption }), atEnd])
    return answer.trim()
  } catch (error) {
    if (!interruption.aborted) throw error
    process.stderr.write('\n')
    throw new InterruptedError()
  } finally {
    reader.close()
  }
}
