// What a case expects, which differs between databases, and what of its own words does.

import { inject } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'

/** What differs between the databases under test, by dialect, or by server where its version makes a difference. */
export type ByDatabase<Expected> = Partial<
  Readonly<Record<DialectName | 'postgres18' | 'mariadb11', Expected>>
>

/**
 * What the table `things` then has; see summary.ts. It begins with the column `anchor`, which is written only where
 * something comes before it.
 */
export type Lines = ByDatabase<readonly string[]>

export interface AddedCase extends Lines {
  readonly add: (table: Blueprint) => void
  /** SQLite and others can have it on a new table only. */
  readonly onlyNew?: true
  /** The type of an extension that a server needs and a new database has not. */
  readonly missingType?: ByDatabase<string>
}

export type AddedCases = Readonly<Record<string, AddedCase>>

/** What is expected of the database under test. */
export function expectedOf<Expected>(expected: ByDatabase<Expected>): Expected | undefined {
  // Proof: servers that no record of expectations names give undefined, as any absent key.
  const server = inject('server') as keyof ByDatabase<Expected>
  return expected[server] ?? expected[inject('dialect')]
}

/** What a case expects on the database under test. */
export function linesOf(expected: Lines): readonly string[] {
  const lines = expectedOf(expected)
  if (lines === undefined) throw new Error('Nothing is expected on this dialect yet.')
  return lines
}

/** A collation that is not the one a column has by itself. */
export const otherCollation = {
  sqlite: 'nocase',
  postgres: 'C',
  mysql: 'utf8mb4_bin',
  mariadb: 'utf8mb4_bin',
}[inject('dialect')]

/** A name as the database itself writes it in an expression. */
export function quotedName(name: string): string {
  const quote = { sqlite: '"', postgres: '"', mysql: '`', mariadb: '`' }[inject('dialect')]
  return quote + name + quote
}

/** The one line of a table that is given the column `c`. */
export function oneColumn(type: string): readonly string[] {
  return [`c ${type}`]
}

/** The lines of a table whose rows are numbered by `n`, on SQLite. */
export const numbering: readonly string[] = ['n integer not null autoincrement', 'primary (n)']
