// The errors that only SQLite has: most are about foreign keys, which it cannot switch off inside a transaction
// (see foreign-key-suspension.ts).

import { TidemarkError } from '../../support/errors.js'

/** Why a transaction cannot be begun again without foreign keys. */
const obstacles = {
  'too-many': 'the transaction has run more statements than Tidemark keeps to run them again',
  random: 'a statement before it uses random values, which would be others the second time',
  'other-effect':
    'a statement before it has another effect without them, such as rows that ON DELETE no longer deletes',
  'own-begin': 'the transaction was begun by a BEGIN of its own',
} as const

/** Foreign keys have to be off for a change, after statements that cannot be run again in the same way. */
export class RebuildAfterDataError extends TidemarkError {
  override readonly name = 'RebuildAfterDataError'

  constructor(obstacle: keyof typeof obstacles, sql?: string) {
    super({
      code: 'TM_REBUILD_AFTER_DATA',
      message:
        'For this change foreign keys must be off from the beginning of the transaction, ' +
        `but ${obstacles[obstacle]}. Everything was rolled back.`,
      remedy:
        obstacle === 'own-begin'
          ? 'Leave out BEGIN and COMMIT, and use db.transaction() instead.'
          : 'Put the change of data and the change of structure into two migrations.',
      ...(sql === undefined ? {} : { place: { sql } }),
      details: { obstacle },
    })
  }
}

/** Another process wrote while the transaction was begun again. */
export class DatabaseChangedError extends TidemarkError {
  override readonly name = 'DatabaseChangedError'

  constructor() {
    super({
      code: 'TM_DATABASE_CHANGED',
      message:
        'Another process wrote to the database while a change was being prepared. Nothing was changed.',
      remedy: 'Run the command again.',
    })
  }
}

/** Rows of one table that point to rows that are not there. */
export interface Orphans {
  readonly table: string
  readonly parent: string
  readonly rows: number
  /** A query that finds them. */
  readonly query: string
}

/** A change made without foreign keys left rows that break them. */
export class ForeignKeyViolationError extends TidemarkError {
  override readonly name = 'ForeignKeyViolationError'

  constructor(orphans: readonly Orphans[]) {
    const list = orphans.map(({ table, parent, rows }) => `${rows} of "${table}" to "${parent}"`).join(', ')
    super({
      code: 'TM_FOREIGN_KEY_VIOLATION',
      message: `After the change, rows would point to rows that are not there: ${list}. Everything was rolled back.`,
      remedy:
        'Correct or delete those rows in a migration before this one, or drop their table too: foreign keys are off ' +
        `while a table is dropped or built anew, so no ON DELETE runs. To look for them: ${orphans.map(({ query }) => query).join('; ')}`,
      details: { orphans },
    })
  }
}
