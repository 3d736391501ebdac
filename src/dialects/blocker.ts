// Who keeps a session waiting for a lock, as a database's catalogue has it and as people are told.

/** A session that keeps another one waiting, or that may be the one. */
export interface Blocker {
  /** `session 4711 of ada`, `process 4711`. */
  readonly who: string
  /** Since when its transaction is open. */
  readonly since?: Date
  /** What it runs, or ran last. */
  readonly doing?: string
  /** What ends it. */
  readonly ending?: string
}

/** `session 4711 of ada, since 2026-03-05T10:20:30.000Z, idle in transaction: update …` */
export function describeBlocker({ who, since, doing }: Blocker): string {
  return [
    who,
    ...(since === undefined ? [] : [`since ${since.toISOString()}`]),
    ...(doing === undefined ? [] : [doing]),
  ].join(', ')
}

/** Text of the catalogue on one line, and not much of it. */
export function shortText(value: unknown): string {
  const line = String(value).replaceAll(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}

/** Seconds since 1970, as a database gives them; undefined where there are none. */
export function momentOf(seconds: unknown): Date | undefined {
  return seconds === null || seconds === undefined ? undefined : new Date(Number(seconds) * 1000)
}
