import type { SqlFragment } from '../../sql-fragment.js'

export function splitSql(_sql: string): readonly SqlFragment[] {
  throw new Error('skeleton')
}
