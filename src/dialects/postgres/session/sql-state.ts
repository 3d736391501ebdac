// The five characters by which PostgreSQL names an error: https://www.postgresql.org/docs/current/errcodes-appendix.html

/** Undefined for an error that no server sent: the codes of Node's own begin with E and are longer. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  return typeof error.code === 'string' && /^[\dA-Z]{5}$/.test(error.code) ? error.code : undefined
}
