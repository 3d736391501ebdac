/** One statement out of a longer string, without its terminator. */
export interface SqlFragment {
  readonly sql: string
  /** Where it begins in the string, from 1. */
  readonly line: number
  readonly column: number
}
