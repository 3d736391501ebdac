// What a session is set to. Behind a pooler in transaction mode a setting would stay with a connection that somebody else
// gets next, so there only what PgBouncer carries along is set for the session, and the rest anew in each transaction.

import type { SessionOptions } from '../../dialect.js'
import type { PostgresServer } from '../server.js'
import { quoteIdentifier, quoteString } from '../sql/literal.js'
import type { Wire } from './wire.js'

/** The largest value of PostgreSQL's settings in milliseconds. */
const longestTimeoutMs = 2 ** 31 - 1

/** So that values are read and written in one way; PgBouncer (track_extra_parameters) follows these. */
const carried: readonly (readonly [name: string, value: string])[] = [
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO, MDY'],
  ['standard_conforming_strings', 'on'],
]

export class Settings {
  readonly #wire: Wire
  /** As was said, or as is found out when the session begins. */
  #isPooled: boolean
  /** Those that no pooler carries along, other than the one that changes. */
  readonly #own: readonly (readonly [name: string, value: string])[]
  readonly #searchPath: readonly string[]
  #lockTimeoutMs: number
  /** What the server waits for; undefined where a rollback may have put it back. */
  #lockTimeoutInForce: number | undefined
  #isTentative = false
  #needsSearchPath = false
  #mayHaveMoved = false

  constructor(wire: Wire, { lockTimeoutMs, statementTimeoutMs = 0, server }: SessionOptions) {
    this.#wire = wire
    this.#isPooled = server?.isPooled ?? false
    this.#searchPath = server?.searchPath ?? []
    this.#lockTimeoutMs = lockTimeoutMs
    const path = this.#searchPath.map(quoteIdentifier).join(', ')
    this.#own = [
      ...(path === '' ? [] : [['search_path', path] as const]),
      ...(statementTimeoutMs > 0 ? [['statement_timeout', milliseconds(statementTimeoutMs)] as const] : []),
    ]
  }

  /**
   * A pooler that nobody spoke of shows itself: the process that serves the statement is not the one that answered when the
   * connection was made.
   */
  async begin(): Promise<PostgresServer> {
    const isPooled = this.#isPooled ? 'true' : `pg_backend_pid() <> ${this.#wire.processId}`
    const own = [
      // Since version 12 the default; a lower one rounds floating-point numbers.
      ['extra_float_digits', '1'] as const,
      ...this.#own,
      ['lock_timeout', milliseconds(this.#lockTimeoutMs)] as const,
    ]
    // Its value by default: what is in force may have been left behind by somebody else.
    const before =
      "(select reset_val from pg_catalog.pg_settings where name = 'search_path'), current_setting('server_version_num')"
    const sets = [
      ...carried.map((setting) => setConfig(setting, 'false')),
      // Where there is a pooler, they last as long as this statement.
      ...own.map((setting) => setConfig(setting, isPooled)),
    ]
    const { rows } = await this.#wire.run(`select ${before}, ${isPooled}, ${sets.join(', ')}`)
    const [searchPath, version, isFoundPooled] = rows[0] ?? []
    this.#isPooled = isFoundPooled === 't'
    this.#needsSearchPath = this.#searchPath.length > 0 && !isPath(searchPath ?? '', this.#searchPath)
    this.#lockTimeoutInForce = this.#isPooled ? undefined : this.#lockTimeoutMs
    return { version: Number(version), isPooled: this.#isPooled }
  }

  /** What begins a transaction; behind a pooler it sets what a session cannot keep. */
  get beginSql(): string {
    if (!this.#isPooled) return 'BEGIN'
    this.#lockTimeoutInForce = this.#lockTimeoutMs
    const local = [...this.#own, ['lock_timeout', milliseconds(this.#lockTimeoutMs)] as const]
    return ['BEGIN', ...local.map(([name, value]) => `SET LOCAL ${name} = ${settingText(name, value)}`)].join(
      '; ',
    )
  }

  /** Without a transaction, behind a pooler, a statement would not find the schemas that were configured. */
  get needsSearchPath(): boolean {
    return this.#isPooled && this.#needsSearchPath
  }

  get isLastingAllowed(): boolean {
    return !this.#isPooled
  }

  /** Takes effect with the next statement: the transaction that is open may be one that takes none. */
  limitLockWait(timeoutMs: number): void {
    this.#lockTimeoutMs = timeoutMs
  }

  /** Before each statement. */
  async bringIntoForce(): Promise<void> {
    const { status } = this.#wire
    if (status === 'none') this.#transactionEnded()
    if (this.#lockTimeoutInForce === this.#lockTimeoutMs || status === 'failed') return
    if (this.#isPooled && status === 'none') return
    const scope = this.#isPooled ? 'SET LOCAL' : 'SET'
    await this.#wire.run(`${scope} lock_timeout = ${milliseconds(this.#lockTimeoutMs)}`)
    this.#lockTimeoutInForce = this.#lockTimeoutMs
    this.#isTentative = status === 'open'
  }

  /** Before a statement of a caller's, which may change the search path. */
  notice(sql: string): void {
    this.#mayHaveMoved ||= /search_path/i.test(sql)
  }

  /** Sets the search path again that the session began with. A transaction that failed takes nothing, and undoes what was set in it. */
  async restore(): Promise<void> {
    const { status } = this.#wire
    if (!this.#mayHaveMoved || status === 'failed') return
    const scope = this.#isPooled && status === 'open' ? 'SET LOCAL' : 'SET'
    const path = this.#searchPath.map(quoteIdentifier).join(', ')
    await this.#wire.run(`${scope} search_path TO ${path === '' ? 'DEFAULT' : path}`)
    this.#mayHaveMoved = status !== 'none'
  }

  /** A rollback puts back what was set since. */
  rolledBack(): void {
    if (this.#isTentative) this.#lockTimeoutInForce = undefined
  }

  #transactionEnded(): void {
    if (this.#isTentative) this.#lockTimeoutInForce = undefined
    this.#isTentative = false
  }
}

/** @param isLocal SQL that says whether it ends with the transaction */
function setConfig([name, value]: readonly [name: string, value: string], isLocal: string): string {
  return `set_config('${name}', ${quoteString(value)}, ${isLocal})`
}

function milliseconds(timeoutMs: number): string {
  return String(Math.min(timeoutMs, longestTimeoutMs))
}

/** The path is a list of names, the rest are values. */
function settingText(name: string, value: string): string {
  return name === 'search_path' ? value : quoteString(value)
}

/** Whether the setting's text names these schemas; names that need no quotes have none there. */
function isPath(text: string, schemas: readonly string[]): boolean {
  const names = text.match(/"(?:[^"]|"")*"|[^\s,]+/g) ?? []
  const plain = names.map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name))
  return plain.length === schemas.length && plain.every((name, index) => name === schemas[index])
}
