// Lengths of time as people write them: `500ms`, `10s`, `2m`, `1h`. A number is milliseconds; `0` means no limit.

/** A length of time as it is written: `'500ms'`, `'10s'`, `'2m'`, `'1h'`; `'0'` is no limit. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h'}` | '0'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

// Timers and SQLite's busy time-out both count milliseconds in a signed 32-bit number, which ends after 24.8 days.
const longestMs = 2 ** 31 - 1

/** What `parseDuration` takes, for messages. */
export const durationForms =
  '500ms, 10s, 2m or 1h (a number means milliseconds; 0 means no limit; at most 24 days)'

/** The duration in milliseconds; undefined for what is none. */
export function parseDuration(given: unknown): number | undefined {
  const ms = typeof given === 'string' ? textToMs(given.trim()) : given
  return typeof ms === 'number' && ms >= 0 && ms <= longestMs ? Math.round(ms) : undefined
}

function textToMs(text: string): number | undefined {
  if (text === '0') return 0
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * (unitMs[unit] ?? Number.NaN)
}
