import { expect, test } from 'vitest'
import { thisProcess } from '../../../src/migrations/lock-holder.js'
import type { LockState } from '../../../src/migrations/lock-row.js'
import { HolderWatch } from '../../../src/migrations/lock-watch.js'

function elsewhere(heartbeats: number): LockState {
  return { token: 'a', heartbeats, since: new Date(), holder: { ...thisProcess(), machine: 'elsewhere' } }
}

/** A watch, and what looks at it after so many milliseconds more. */
function watching() {
  let now = 0
  const watch = new HolderWatch(() => now)
  return {
    lookAfter(ms: number, held: LockState): boolean {
      now += ms
      return watch.isOver(held)
    },
  }
}

/** How long a holder is watched, by a look each half-second, until its place may be taken. */
function watchUntilOver(watch: ReturnType<typeof watching>, held: LockState): number {
  let ms = 0
  do ms += 500
  while (!watch.lookAfter(500, held))
  return ms
}

test('a holder whose heart was watched for 22 seconds and did not beat is over', () => {
  const watch = watching()
  watch.lookAfter(0, elsewhere(7))

  expect(watchUntilOver(watch, elsewhere(7))).toBe(22_500)
})

test('a heart that beats is watched anew', () => {
  const watch = watching()
  watch.lookAfter(0, elsewhere(7))
  for (let ms = 0; ms < 21_000; ms += 500) watch.lookAfter(500, elsewhere(7))

  expect(watch.lookAfter(500, elsewhere(8))).toBe(false)
  expect(watchUntilOver(watch, elsewhere(8))).toBe(22_500)
})

test('time in which the holder could not be looked at counts no more than two seconds', () => {
  const watch = watching()
  watch.lookAfter(0, elsewhere(7))

  expect(watch.lookAfter(60_000, elsewhere(7))).toBe(false)
  expect(watchUntilOver(watch, elsewhere(7))).toBe(20_500)
})

test('another holder in the place of the first is watched anew', () => {
  const watch = watching()
  watch.lookAfter(0, elsewhere(7))
  for (let ms = 0; ms < 21_000; ms += 500) watch.lookAfter(500, elsewhere(7))

  expect(watchUntilOver(watch, { ...elsewhere(7), token: 'b' })).toBe(23_000)
})

test('a holder that is known to be gone is over at once', () => {
  const gone = { ...elsewhere(7), holder: { ...thisProcess(), processStart: 'another process' } }

  expect(watching().lookAfter(0, gone)).toBe(true)
})
