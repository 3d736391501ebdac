// SQLite's result codes (https://www.sqlite.org/rescode.html), read out of what either driver throws: better-sqlite3
// gives the name of the code, node:sqlite its number.

const primaryCodes: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  9: 'SQLITE_INTERRUPT',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  17: 'SQLITE_SCHEMA',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  23: 'SQLITE_AUTH',
  26: 'SQLITE_NOTADB',
}

const constraintCodes: Readonly<Record<number, string>> = {
  275: 'SQLITE_CONSTRAINT_CHECK',
  787: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  1299: 'SQLITE_CONSTRAINT_NOTNULL',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  1811: 'SQLITE_CONSTRAINT_TRIGGER',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
  2579: 'SQLITE_CONSTRAINT_ROWID',
  3091: 'SQLITE_CONSTRAINT_DATATYPE',
}

/** `SQLITE_BUSY_SNAPSHOT` by its number. */
const busySnapshot = 517

/** The code by its name: `SQLITE_CONSTRAINT_UNIQUE`, `SQLITE_BUSY`; undefined for an error that is not SQLite's. */
export function resultCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return nameOf(error.errcode)
  if (!('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('SQLITE_'))
    return undefined
  return error.code.startsWith('SQLITE_CONSTRAINT_') ? error.code : withoutExtension(error.code)
}

/**
 * Whether the lock of another connection stood in the way, and waiting for it may help. It helps no transaction that has read
 * what another has changed since.
 */
export function isBusy(error: unknown): boolean {
  if (resultCode(error) !== 'SQLITE_BUSY') return false
  const { code, errcode }: { readonly code?: unknown; readonly errcode?: unknown } = Object(error)
  return code !== 'SQLITE_BUSY_SNAPSHOT' && errcode !== busySnapshot
}

/** The last eight bits of an extended code are the primary one. */
function nameOf(code: number): string {
  return constraintCodes[code] ?? primaryCodes[code & 0xff] ?? `SQLITE_${code}`
}

/** `SQLITE_BUSY_SNAPSHOT` is a kind of `SQLITE_BUSY`. */
function withoutExtension(name: string): string {
  return name.split('_').slice(0, 2).join('_')
}
