// What both drivers do to the values that they read, so that their rows are alike.

import type { Row } from '../../dialect.js'

/** An integer as a number where a number holds it. */
export function narrow(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** Whether a row holds a number that may be a rounded integer. */
export function mayBeRounded(rows: readonly Row[]): boolean {
  for (const row of rows) {
    for (const name in row) {
      const value = row[name]
      if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return true
    }
  }
  return false
}

/** Narrows the integers of rows that were read as bigint, in place. */
export function narrowRows(rows: Row[]): Row[] {
  for (const row of rows) {
    for (const name in row) {
      const value = row[name]
      if (typeof value === 'bigint') row[name] = narrow(value)
    }
  }
  return rows
}
