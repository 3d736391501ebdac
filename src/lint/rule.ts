// What a rule of the analyser is, and what it is shown. One rule is one file in rules/, named as the rule is. Rules judge; they
// read no file and ask no database.

import type { MigrationStatus } from '../migrations/report.js'

/** `error` fails the command; `warn` only where that many warnings are not allowed; `notice` never does. */
export type Severity = 'error' | 'warn' | 'notice'

/** What there is to judge. */
export interface Subject {
  /** Every migration that has a file, a row in the ledger or both, in the order in which they run. */
  readonly migrations: readonly MigrationStatus[]
  /** Whether what is told of a migration's file is of interest: of those that are pending, or of all. */
  readonly isJudged: (migration: MigrationStatus) => boolean
}

/** What a rule has to say about one migration. */
export interface Violation {
  readonly migration: MigrationStatus
  readonly message: string
  /** What to do. */
  readonly remedy: string
}

export interface Rule {
  /** Stable, and never used again for something else. The file is named so. */
  readonly id: string
  readonly severity: Severity
  /** What goes wrong where the rule is broken, in one sentence. */
  readonly hazard: string
  readonly check: (subject: Subject) => readonly Violation[]
}
