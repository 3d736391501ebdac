/** A session whose transaction is open, as a server's catalogue has it. */
export interface OpenTransaction {
  readonly session: unknown
  readonly user: unknown
  readonly since: unknown
  /** What it runs, or ran last. */
  readonly doing: unknown
}

/** `session 4711 of ada, since 2026-03-05T10:20:30.000Z, idle in transaction: update …` */
export function openTransactionLine({ session, user, since, doing }: OpenTransaction): string {
  const began = since instanceof Date ? since.toISOString() : String(since)
  return `session ${String(session)} of ${String(user)}, since ${began}, ${String(doing).replaceAll(/\s+/g, ' ')}`
}
