// Lengths of time as people write them: `500ms`, `10s`, `2m`, `1h`. A number is milliseconds. What `0` means is said by what the
// time is of: to a limit none, to a wait that there is no waiting.

/** A length of time as it is written: `'500ms'`, `'10s'`, `'2m'`, `'1h'`; `'0'` limits nothing, and waits for nothing. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h'}` | '0'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

// Timers and SQLite's busy time-out both count milliseconds in a signed 32-bit number, which ends after 24.8 days.
const longestMs = 2 ** 31 - 1

/** What `parseDuration` takes, for messages: where the time limits something, and where it is waited so long. */
export const limitForms = forms('no limit')
export const waitForms = forms('not to wait')

/** The duration in milliseconds; undefined for what is none. */
export function parseDuration(given: unknown): number | undefined {
  const ms = typeof given === 'string' ? textToMs(given.trim()) : given
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= longestMs)) return undefined
  // A fraction of a millisecond is not nothing.
  return ms === 0 ? 0 : Math.max(1, Math.round(ms))
}

function forms(ofZero: string): string {
  return `500ms, 10s, 2m or 1h (a number means milliseconds; 0 means ${ofZero}; at most 24 days)`
}

function textToMs(text: string): number | undefined {
  if (text === '0') return 0
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * (unitMs[unit] ?? Number.NaN)
}
