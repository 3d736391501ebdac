// The servers' error numbers, and what each means. https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html,
// https://mariadb.com/kb/en/mariadb-error-code-reference/

import type { DatabaseProblem, DatabaseProblemKind } from '../../dialect.js'

type Explanation = Omit<DatabaseProblem, 'message' | 'offset'>

/** Reads the message of one number. */
type Explain = (message: string) => Explanation

/** The last part of what a message has in quotes, which is a name or a path of names: `'shop.users'` is `users`. */
function quoted(message: string, index = 0): string {
  const found = [...message.matchAll(/(?<!\w)'([^']*)'|`([^`]*)`/g)][index]
  return (found?.[1] ?? found?.[2] ?? '').split('.').at(-1) ?? ''
}

/** What the message names, without what it does not. */
function named(names: {
  readonly table: string | undefined
  readonly constraint: string | undefined
}): Pick<DatabaseProblem, 'table' | 'constraint'> {
  const { table, constraint } = names
  return { ...(table !== undefined && { table }), ...(constraint !== undefined && { constraint }) }
}

function fixed(kind: DatabaseProblemKind, remedy: string | undefined): Explain {
  return () => ({ kind, remedy })
}

const noSuchTable: Explain = (message) => {
  const table = quoted(message)
  return {
    kind: 'no-such-table',
    remedy: `Check the name "${table}", or make the table first: schema.create('${table}', …).`,
    table,
  }
}

const noSuchColumn: Explain = (message) => {
  const column = quoted(message)
  return {
    kind: 'no-such-column',
    remedy: `Check the name "${column}". A text stands in single quotes, or better, is bound.`,
    column,
  }
}

const alreadyExists: Explain = (message) => ({
  kind: 'already-exists',
  remedy: `Take another name than ${quoted(message)}, or drop what has it first.`,
})

/** `Duplicate entry 'a' for key 'users.users_email_unique'`; MariaDB leaves the table out. */
const duplicateEntry: Explain = (message) => {
  const [, table, constraint] = /for key '(?:([^'.]+)\.)?([^']+)'$/.exec(message) ?? []
  return {
    kind: 'unique',
    remedy: 'A row with these values is there already: change or delete one of the two.',
    ...named({ table, constraint }),
  }
}

const notNull: Explain = (message) => ({
  kind: 'not-null',
  remedy: 'Give the column a value, or a default, or make it nullable().',
  column: quoted(message),
})

/** ``(`shop`.`posts`, CONSTRAINT `posts_user_id_foreign` FOREIGN KEY …)`` */
const foreignKey: Explain = (message) => {
  const [, table, constraint] = /\(`[^`]*`\.`([^`]*)`, CONSTRAINT `([^`]*)`/.exec(message) ?? []
  return {
    kind: 'foreign-key',
    remedy: 'Write the row that is pointed to first, or delete those that point to it first.',
    ...named({ table, constraint }),
  }
}

const unfitForeignKey = fixed(
  'foreign-key',
  'Give both columns the same type, sign, length and character set, and the referenced ones a primary key or a unique index.',
)

/** 1005 is about whatever could not be made; the engine's number stands at its end. */
const cannotCreate: Explain = (message) =>
  /errno: 121/.test(message)
    ? {
        kind: 'already-exists',
        remedy:
          'A foreign key of that name is there already, in any table of the database: take another name.',
      }
    : unfitForeignKey(message)

const outOfRange: Explain = (message) => ({
  kind: 'out-of-range',
  remedy: 'Give a value that the column holds, or change the column first.',
  ...columnOf(message),
})

/** `Data too long for column 'name' at row 1`; MariaDB writes `` `shop`.`users`.`name` ``. */
function columnOf(message: string): { readonly column?: string } {
  const column = /for column (?:'([^']*)'|(?:`[^`]*`\.)*`([^`]*)`)/.exec(message)
  const name = column?.[1] ?? column?.[2]
  return name === undefined ? {} : { column: name }
}

/** `Check constraint 'age' is violated.`; MariaDB: ``CONSTRAINT `age` failed for `shop`.`users` ``. */
const check: Explain = (message) => {
  const table = / failed for `[^`]*`\.`([^`]*)`/.exec(message)?.[1]
  return {
    kind: 'check',
    remedy: 'Give values that the check allows, or change the check.',
    ...named({ table, constraint: quoted(message) }),
  }
}

const usedByForeignKey = fixed('foreign-key', 'Drop the foreign key first: table.dropForeign([…]).')

const locked = fixed(
  'locked',
  'Another session holds the lock. Wait until it is done, or raise migrations.lockTimeout.',
)

const timeout = fixed('timeout', 'Give the statement more time, or have it do less at once.')

const denied = fixed('denied', 'Grant this user the right, or use one that has it.')

const readOnly = fixed(
  'read-only',
  'Connect to the primary server, or have the read-only mode of this one ended.',
)

const full = fixed('full', "Make room on the server's disk, and run the command again.")

export const explanations: Readonly<Record<number, Explain>> = {
  1005: cannotCreate,
  1007: alreadyExists,
  1020: fixed('deadlock', 'Another session changed the row meanwhile. Run the transaction again.'),
  1021: full,
  1022: alreadyExists,
  1044: denied,
  1045: denied,
  1046: fixed('other', 'Name a database with DB_DATABASE.'),
  1048: notNull,
  1049: fixed('other', 'Check the name of the database, or make it first: schema.createDatabase(…).'),
  1050: alreadyExists,
  1051: noSuchTable,
  1054: noSuchColumn,
  1060: (message) => ({
    kind: 'already-exists',
    remedy: `Name the column "${quoted(message)}" once.`,
    column: quoted(message),
  }),
  1061: alreadyExists,
  1062: duplicateEntry,
  1064: fixed('syntax', 'Correct the statement at the word that the message names.'),
  1067: fixed('out-of-range', 'Give the column a default that its type and the strict mode allow.'),
  1068: fixed('already-exists', 'A table has one primary key: drop the old one first.'),
  1071: fixed('other', 'Make the columns of the key shorter, or fewer.'),
  1091: (message) => ({
    kind: 'other',
    remedy: `Check the name "${quoted(message)}": the table has no such column, key or check.`,
  }),
  1093: fixed(
    'other',
    'Read the keys of the rows first, with pluck(), and give them to whereIn(); or write the sub-query so that it stands alone.',
  ),
  1109: noSuchTable,
  1114: full,
  1118: fixed('other', 'Make columns shorter, or turn long strings into text().'),
  1138: notNull,
  1142: denied,
  1143: denied,
  1146: noSuchTable,
  1149: fixed('syntax', 'Correct the statement.'),
  1153: fixed('other', "Send less at once, or raise the server's max_allowed_packet."),
  1205: locked,
  1213: fixed('deadlock', 'Run the transaction again; have all take their locks in the same order.'),
  1215: unfitForeignKey,
  1216: foreignKey,
  1217: foreignKey,
  1227: denied,
  1264: outOfRange,
  1265: outOfRange,
  1273: fixed('other', 'Take a collation that this server has: show collation.'),
  1290: readOnly,
  1292: outOfRange,
  1295: fixed('other', 'Run this statement without bindings.'),
  1317: fixed('cancelled', 'Somebody stopped the statement. Run the command again when it may run.'),
  1364: notNull,
  1366: outOfRange,
  1370: denied,
  1406: outOfRange,
  1410: denied,
  1451: foreignKey,
  1452: foreignKey,
  1553: usedByForeignKey,
  1568: fixed('other', 'Leave out BEGIN and SET TRANSACTION, and use db.transaction().'),
  1586: duplicateEntry,
  1690: outOfRange,
  1701: usedByForeignKey,
  1792: readOnly,
  1822: unfitForeignKey,
  1824: (message) => ({
    kind: 'no-such-table',
    remedy: `Make the table "${quoted(message)}" before the foreign key that points to it.`,
    table: quoted(message),
  }),
  1826: alreadyExists,
  1828: usedByForeignKey,
  1829: usedByForeignKey,
  1832: usedByForeignKey,
  1833: usedByForeignKey,
  1836: readOnly,
  1969: timeout,
  3024: timeout,
  3140: outOfRange,
  3572: locked,
  3730: usedByForeignKey,
  3780: unfitForeignKey,
  3819: check,
  3822: alreadyExists,
  4025: check,
  4078: outOfRange,
  6125: unfitForeignKey,
}
