// THE TABLE of PostgreSQL's states: what each means to us, and what to do about it
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).

import type { DatabaseProblem } from '../../dialect.js'

/** What the server says of an error. */
export interface ServerError {
  readonly message: string
  /** The names in quotes in the message, in their order. */
  readonly names: readonly string[]
  readonly hint: string | undefined
  readonly detail: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
}

export type Explanation = Omit<DatabaseProblem, 'message'>

type Entry = Explanation | ((error: ServerError) => Explanation)

const lost: Explanation = {
  kind: 'connection-lost',
  remedy: 'See that the server is up, and run the command again; what was not committed was rolled back.',
}

const locked: Explanation = {
  kind: 'locked',
  remedy:
    'Another session holds the lock. Wait until it is done (pg_stat_activity shows it), or raise migrations.lockTimeout.',
}

const conflict: Explanation = {
  kind: 'deadlock',
  remedy: 'Two transactions stood in each other’s way, and this one was rolled back. Run it again.',
}

const outOfRange: Explanation = {
  kind: 'out-of-range',
  remedy: 'Give a value that the column holds, or change the column to a larger type.',
}

const unreadable: Explanation = {
  kind: 'other',
  remedy: 'Give a value that can be read as the type of its column.',
}

export const byState: Readonly<Record<string, Entry>> = {
  '42601': { kind: 'syntax', remedy: 'Correct the statement at the word that the message names.' },
  '42P01': ({ names: [table] }) => ({
    kind: 'no-such-table',
    remedy:
      table === undefined
        ? 'Check the name, or make the table first.'
        : `Check the name "${table}" and the search_path, or make the table first: schema.create('${table}', …).`,
    ...(table !== undefined && { table }),
  }),
  '42703': undefinedColumn,
  '42704': ({ names: [name] }) => ({
    kind: 'other',
    remedy: `Check the name${name === undefined ? '' : ` "${name}"`}; a type of an extension needs the extension: schema.ensureExtensionExists(…).`,
  }),
  '42883': {
    kind: 'other',
    remedy: 'Check the name and the types of the arguments; a bound value may need a cast, as in ?::integer.',
  },
  '42P18': { kind: 'other', remedy: 'Say the type of the bound value with a cast, as in ?::text.' },
  '42804': {
    kind: 'other',
    remedy:
      'Give a value of the column’s type; a change of a type may need using(…), and its default dropped first.',
  },
  '42P07': alreadyExists,
  '42P06': alreadyExists,
  '42P04': alreadyExists,
  '42701': ({ names: [column], table }) => ({
    kind: 'already-exists',
    remedy: `Take another name than "${column ?? ''}", or name the column once.`,
    ...(column !== undefined && { column }),
    ...(table !== undefined && { table }),
  }),
  '42710': alreadyExists,
  '42723': alreadyExists,
  '3F000': ({ names: [name] }) => ({
    kind: 'other',
    remedy: `Make the schema first: db.statement('create schema "${name ?? ''}"').`,
  }),
  '42P10': {
    kind: 'other',
    remedy:
      'Give the columns a primary key or a unique index: only rows that one tells apart can be replaced.',
  },
  '42830': ({ names: [table] }) => ({
    kind: 'foreign-key',
    remedy: `Give the columns of "${table ?? ''}" that are pointed to a primary key or a unique index.`,
    ...(table !== undefined && { table }),
  }),
  '2BP01': {
    kind: 'other',
    remedy: 'Drop what depends on it first; the detail of the error names it.',
  },
  '23505': {
    kind: 'unique',
    remedy: 'A row with these values is there already: change or delete one of the two.',
  },
  '23P01': {
    kind: 'unique',
    remedy: 'A row that excludes this one is there already: change or delete one of the two.',
  },
  '23502': {
    kind: 'not-null',
    remedy: 'Give the column a value, or a default, or make it nullable().',
  },
  '23503': foreignKey,
  // Since version 18 of what ON DELETE RESTRICT and ON UPDATE RESTRICT forbid.
  '23001': foreignKey,
  '23514': { kind: 'check', remedy: 'Give values that the check allows, or change the check.' },
  '55P03': locked,
  '55006': {
    kind: 'locked',
    remedy: 'Something else uses it, an open cursor, a pending trigger, or another session. End that first.',
  },
  '55P04': {
    kind: 'other',
    remedy:
      'A new label of an enum can be used once it is committed: add it in a migration of its own, before this one.',
  },
  '40P01': conflict,
  '40001': conflict,
  '57014': ({ message }) =>
    /statement timeout/.test(message)
      ? { kind: 'timeout', remedy: 'Let it do less at a time, or raise the statement timeout.' }
      : { kind: 'cancelled', remedy: 'Somebody cancelled it (pg_cancel_backend). Run the command again.' },
  '57P01': lost,
  '57P02': lost,
  '57P03': lost,
  '57P04': lost,
  '57P05': lost,
  '25P03': lost,
  '25P04': lost,
  '25P02': {
    kind: 'other',
    remedy:
      'After an error PostgreSQL carries out nothing more in a transaction. Put what may fail into a db.transaction() of its own.',
  },
  '25001': {
    kind: 'other',
    remedy:
      'It cannot be part of a transaction: give the migration transaction: false, or in SQL -- migrate:up transaction:false.',
  },
  '25006': {
    kind: 'read-only',
    remedy: 'This is a standby, or a session that only reads. Connect to the primary server.',
  },
  '42501': denied,
  '53100': { kind: 'full', remedy: 'Make room on the disk of the server, and run the command again.' },
  '53200': { kind: 'other', remedy: 'The server is out of memory. Let the statement do less at a time.' },
  '22001': outOfRange,
  '22003': outOfRange,
  '22008': outOfRange,
  '22P02': unreadable,
  '22007': unreadable,
  '22021': {
    kind: 'other',
    remedy: 'PostgreSQL stores no NUL character in text, and only what its encoding has.',
  },
  // What a driver sends is wrong, not the network.
  '08P01': { kind: 'other', remedy: 'Give as many values as the statement has placeholders.' },
  '26000': pooledStatement(),
  '42P05': pooledStatement(),
}

/** Where no state of its own is known; by its first two characters. */
export const byClass: Readonly<Record<string, Entry>> = {
  '08': lost,
  '28': { kind: 'denied', remedy: 'Check the user and the password, and what the server lets this user do.' },
}

/** `column "x" does not exist`, `column u.x does not exist`, `column "x" of relation "u" does not exist`. */
function undefinedColumn({ message, names }: ServerError): Explanation {
  const [first, table] = names
  const column = first ?? /(\S+\.\S+)/.exec(message)?.[1]
  return {
    kind: 'no-such-column',
    remedy: `Check the name "${column ?? ''}"${table === undefined ? '' : ` of "${table}"`}. A text stands in single quotes, or better, is bound.`,
    ...(column !== undefined && { column }),
    ...(table !== undefined && { table }),
  }
}

/** `permission denied for table secrets` has the name without quotes. */
function denied({ message, names }: ServerError): Explanation {
  const bare = /^permission denied for (?:materialized view|foreign table|\w+) (.+)$/.exec(message)?.[1]
  const name = names[0] ?? bare
  return {
    kind: 'denied',
    remedy: `Have the owner grant this user the right${name === undefined ? '' : ` on "${name}"`}, or connect as another user.`,
  }
}

function alreadyExists({ names: [name] }: ServerError): Explanation {
  return {
    kind: 'already-exists',
    remedy:
      name === undefined
        ? 'Take another name, or drop what has it first.'
        : `Take another name than ${name}, or drop what has it first.`,
  }
}

function foreignKey(): Explanation {
  return {
    kind: 'foreign-key',
    remedy: 'Write the row that is pointed to first, or delete those that point to it first.',
  }
}

function pooledStatement(): Explanation {
  return {
    kind: 'other',
    remedy:
      'A pooler stands in front of the server: say so with the connection option pooled (DB_POOLED=true).',
  }
}
