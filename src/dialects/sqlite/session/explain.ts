// What SQLite's errors mean and what to do about them. SQLite gives a code for a broken constraint or a lock; all that
// is wrong with a statement itself has one code, and is told apart by its words.

import { messageOf } from '../../../support/errors.js'
import type { DatabaseProblem } from '../../dialect.js'
import { withoutTemporaryNames } from '../sql/names.js'
import { OverlongStatement } from './overlong-statement.js'
import { resultCode } from './result-code.js'

type Explanation = Omit<DatabaseProblem, 'message'>

/** What the user may be told of an error that either driver threw. */
export function explain(error: unknown): DatabaseProblem {
  if (error instanceof OverlongStatement) return explainOverlong(error)
  const message = withoutTemporaryNames(messageOf(error))
  const code = resultCode(error) ?? ''
  const explanation = explainCode(code, message) ??
    explainWords(message) ?? { kind: 'other', remedy: undefined }
  return { message, ...explanation }
}

function explainOverlong({ message, tookEffect }: OverlongStatement): DatabaseProblem {
  const remedy = 'Let it do less at a time, or raise migrations.statementTimeout.'
  return { kind: 'timeout', message, remedy, ...(tookEffect && { tookEffect }) }
}

function explainCode(code: string, message: string): Explanation | undefined {
  if (code.startsWith('SQLITE_CONSTRAINT')) return explainConstraint(code, message)
  return byCode[code]
}

const byCode: Readonly<Record<string, Explanation>> = {
  SQLITE_BUSY: {
    kind: 'locked',
    remedy: 'Another process is writing. Wait until it is done, or raise migrations.lockTimeout.',
  },
  SQLITE_LOCKED: {
    kind: 'locked',
    remedy: 'The table is being read on this connection. Finish reading before changing it.',
  },
  SQLITE_INTERRUPT: {
    kind: 'cancelled',
    remedy: 'Somebody stopped the statement. Run the command again when it may run.',
  },
  SQLITE_READONLY: {
    kind: 'read-only',
    remedy: 'Give this user the right to write the database file and its folder.',
  },
  SQLITE_NOTADB: {
    kind: 'not-a-database',
    remedy: 'Check DB_DATABASE: the file is not a SQLite database, or is an encrypted one.',
  },
  SQLITE_CORRUPT: {
    kind: 'not-a-database',
    remedy:
      'The file is damaged. Restore it from a backup, or repair it with sqlite3 and its command .recover.',
  },
  SQLITE_FULL: { kind: 'full', remedy: 'Make room on the disk, and run the command again.' },
  SQLITE_TOOBIG: {
    kind: 'other',
    remedy: 'A text or blob is larger than SQLite stores (1,000,000,000 bytes).',
  },
  SQLITE_CANTOPEN: {
    kind: 'other',
    remedy: 'Check that the file and its folder are there and may be written.',
  },
}

function explainConstraint(code: string, message: string): Explanation {
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return {
        kind: 'unique',
        remedy: 'A row with these values is there already: change or delete one of the two.',
        ...failedColumn(message),
      }
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return {
        kind: 'not-null',
        remedy: 'Give the column a value, or a default, or make it nullable().',
        ...failedColumn(message),
      }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return {
        kind: 'foreign-key',
        remedy: 'Write the row that is pointed to first, or delete those that point to it first.',
      }
    case 'SQLITE_CONSTRAINT_CHECK':
      return { kind: 'check', remedy: 'Give values that the check allows, or change the check.' }
    default:
      return { kind: 'check', remedy: undefined }
  }
}

/** `UNIQUE constraint failed: users.email, users.team` names the table, and the column where it is one. */
function failedColumn(message: string): Pick<DatabaseProblem, 'table' | 'column'> {
  const list = /constraint failed: (.+)$/.exec(message)?.[1]?.split(', ') ?? []
  const [table, column] = list[0]?.split('.') ?? []
  if (table === undefined || column === undefined) return {}
  return list.length === 1 ? { table, column } : { table }
}

/** A way in which SQLite words an error, and what it means; the groups of the pattern are its arguments. */
type Wording = readonly [RegExp, (first: string, second: string) => Explanation]

const wordings: readonly Wording[] = [
  [
    /^(?:error in (?:view|trigger) .+: )?no such table: (.+)$/,
    (name) => {
      const table = name.replace(/^main\./, '')
      return {
        kind: 'no-such-table',
        remedy: `Check the name "${table}", or make the table first: schema.create('${table}', …).`,
        table,
      }
    },
  ],
  [
    /^table (.+) has no column named (.+)$/,
    (table, column) => ({
      kind: 'no-such-column',
      remedy: `Check the name "${column}", or add the column to "${table}" first.`,
      table,
      column,
    }),
  ],
  [
    /no such column: "?(.+?)"?(?: - should this be a string literal in single-quotes\?)?$/,
    (column) => ({
      kind: 'no-such-column',
      remedy: `Check the name "${column}". A text stands in single quotes, or better, is bound.`,
      column,
    }),
  ],
  [
    /^duplicate column name: (.+)$/,
    (column) => ({ kind: 'already-exists', remedy: `Name the column "${column}" once.`, column }),
  ],
  [/^(?:table|view|index|trigger) (.+) already exists$/, alreadyExists],
  [
    /^there is already (?:an? (?:table|index) named|another table or index with this name:) (.+)$/,
    alreadyExists,
  ],
  [
    /^foreign key mismatch - "(.+)" referencing "(.+)"$/,
    (table, parent) => ({
      kind: 'foreign-key',
      remedy: `Give the columns of "${parent}" that "${table}" points to a primary key or a unique index.`,
      table,
    }),
  ],
  [
    /^cannot start a transaction within a transaction$/,
    () => ({
      kind: 'other',
      remedy: 'Leave out BEGIN and COMMIT: a migration is a transaction, unless it says transaction: false.',
    }),
  ],
  [
    /syntax error|incomplete input|unrecognized token/,
    () => ({ kind: 'syntax', remedy: 'Correct the statement at the word that the message names.' }),
  ],
]

function explainWords(message: string): Explanation | undefined {
  for (const [pattern, explanation] of wordings) {
    const found = pattern.exec(message)
    if (found !== null) return explanation(found[1] ?? '', found[2] ?? '')
  }
  return undefined
}

function alreadyExists(name: string): Explanation {
  return { kind: 'already-exists', remedy: `Take another name than ${name}, or drop what has it first.` }
}
