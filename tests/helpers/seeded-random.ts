// Numbers drawn at random that can be drawn again: FC_SEED is for these what it is for property tests (property-seed.ts).

import * as fc from 'fast-check'

export interface SeededRandom {
  readonly seed: number
  /** At least 0 and less than 1. */
  next(): number
}

export function seededRandom(): SeededRandom {
  const seed = fc.readConfigureGlobal().seed ?? Math.trunc(Math.random() * 2 ** 31)
  let state = seed
  return {
    seed,
    /** Mulberry32, by Tommy Ettinger. */
    next() {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    },
  }
}
