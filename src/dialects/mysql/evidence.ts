// What the catalogue of MySQL and MariaDB says of the things that a statement makes, changes or drops. Of those alone: others
// work on the same server meanwhile.

import type { TableName } from '../../schema/table-name.js'
import type { Value } from '../../schema/expression.js'
import { TidemarkError } from '../../support/errors.js'
import type { Session } from '../dialect.js'
import type { Account } from './accounts.js'
import type { ImmediateStatement, ThingKind } from './immediate.js'
import type { Flavour } from './server.js'
import { literal } from './sql/literal.js'
import { quoteTable } from './sql/names.js'

/** What information_schema has of each kind of thing beside tables, and in which columns its database and its name are. */
const things: Readonly<
  Record<ThingKind, readonly [table: string, database: string, name: string, columns: string]>
> = {
  view: ['views', 'table_schema', 'table_name', 'view_definition, check_option, definer, security_type'],
  trigger: [
    'triggers',
    'trigger_schema',
    'trigger_name',
    'event_manipulation, event_object_table, action_order, action_timing, action_statement, created',
  ],
  routine: [
    'routines',
    'routine_schema',
    'routine_name',
    'routine_type, routine_definition, security_type, sql_data_access, is_deterministic, routine_comment',
  ],
  event: [
    'events',
    'event_schema',
    'event_name',
    'event_definition, status, execute_at, interval_value, interval_field, starts, ends, on_completion, event_comment',
  ],
}

/** @returns undefined where the catalogue does not tell, or not this user */
export async function factsOf(
  session: Session,
  statement: ImmediateStatement,
  flavour: Flavour,
): Promise<unknown> {
  const { kind } = statement
  if (kind === 'tables') return await definitionsOf(session, statement.names)
  if (kind === 'rows') return await identitiesOf(session, statement.names, flavour)
  if (kind === 'database') return await databaseOf(session, statement.name)
  if (kind === 'accounts') return await accountsOf(session, statement.names)
  if (kind === 'grants') return await grantsOf(session, statement.names)
  if (kind === 'prepared') return await structureOf(session)
  if (kind === 'repeatable') return 'nothing'
  return kind === 'unknown' ? undefined : await thingsOf(session, kind, statement.name)
}

async function databaseOf(session: Session, name: string | undefined): Promise<unknown> {
  return await session.query(
    'select schema_name, default_character_set_name, default_collation_name from information_schema.schemata where schema_name = coalesce(?, database())',
    [name ?? null],
  )
}

/** One of the kind, or all that the current database has. */
async function thingsOf(session: Session, kind: ThingKind, name?: TableName): Promise<unknown> {
  const [table, inDatabase, called, columns] = things[kind]
  const isNamed = name === undefined ? '' : ` and ${called} = ?`
  return await session.query(
    `select ${called}, ${columns} from information_schema.${table} where ${inDatabase} = coalesce(?, database())${isNamed} order by 1, 2`,
    [name?.schema ?? null, ...(name === undefined ? [] : [name.name])],
  )
}

/** Those of these names, or all. Their passwords tell of `ALTER USER`, as far as it may not be done twice. */
async function accountsOf(session: Session, names: readonly Account[] | undefined): Promise<unknown> {
  if (names === undefined)
    return await unlessRefused(session, 'select user, host from mysql.user order by 1, 2')
  return await unlessRefused(
    session,
    'select user, host, authentication_string from mysql.user ' +
      `where ${names.map(() => '(user = ? and host in (?, ?))').join(' or ')} order by 1, 2`,
    // A role has no host on MariaDB, and any on MySQL.
    names.flatMap(({ user, host }) => [user, host ?? '%', host ?? '']),
  )
}

/** Without names nothing: what is taken away twice may have to be accepted by hand. */
async function grantsOf(session: Session, names: readonly Account[] | undefined): Promise<unknown> {
  const found: unknown[] = []
  for (const { user, host } of names ?? []) {
    const account = `${literal(user)}${host === undefined ? '' : `@${literal(host)}`}`
    const rows = await unlessRefused(session, `show grants for ${account}`).catch(noneIfFailed)
    if (rows === undefined) return undefined
    found.push(rows.map((row) => Object.values(row)))
  }
  return found
}

/** There is no such account. */
function noneIfFailed(error: unknown): [] {
  if (error instanceof TidemarkError && error.code === 'TM_STATEMENT_FAILED') return []
  throw error
}

/** Each table as the server would make it, without the counter, which grows with every row. */
export async function definitionsOf(session: Session, names: readonly TableName[]): Promise<unknown> {
  const found: unknown[] = []
  for (const name of names) {
    const [row] = await session.query(`show create table ${quoteTable(name)}`).catch(noneIfMissing)
    found.push(row === undefined ? null : Object.values(row).map(withoutCounter))
  }
  return found
}

/** What stands in the way of looking, such as somebody's lock, is no sign that the table is not there. */
function noneIfMissing(error: unknown): [] {
  if (error instanceof TidemarkError && error.code === 'TM_SQL_NO_SUCH_TABLE') return []
  throw error
}

function withoutCounter(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/ AUTO_INCREMENT=\d+/, '') : value
}

/** All that a change of structure could have changed in the current database. */
async function structureOf(session: Session): Promise<unknown> {
  const tables = await session.query(
    "select table_name as name from information_schema.tables where table_schema = database() and table_type <> 'TEMPORARY' order by 1",
  )
  const facts = [
    await definitionsOf(
      session,
      tables.map(({ name }) => ({ schema: undefined, name: String(name) })),
    ),
  ]
  for (const kind of ['trigger', 'routine', 'event'] as const) facts.push(await thingsOf(session, kind))
  return facts
}

/**
 * The numbers that InnoDB knows tables and partitions by: they stay with the rows when names are exchanged, and an emptied
 * table has another one. The names are in a character set of their own there, in which these letters are themselves.
 */
async function identitiesOf(
  session: Session,
  names: readonly TableName[],
  flavour: Flavour,
): Promise<unknown> {
  const database = String((await session.query('select database() as name'))[0]?.['name'])
  const paths = names.map(({ schema = database, name }) => `${schema}/${name}`)
  if (!paths.every((path) => /^\w+\/\w+$/.test(path))) return undefined
  const rows = await unlessRefused(
    session,
    `select name, table_id from information_schema.${flavour.catalogue.innodbTables} ` +
      `where substring_index(name, '#', 1) in (${paths.map(() => '?').join(', ')}) order by 1`,
    paths,
  )
  return rows === undefined || rows.length === 0 ? undefined : rows
}

/** Undefined where the user may not look. */
async function unlessRefused(session: Session, sql: string, bindings: readonly Value[] = []) {
  return await session.query(sql, bindings).catch((error: unknown) => {
    if (error instanceof TidemarkError && error.code === 'TM_ACCESS_DENIED') return undefined
    throw error
  })
}
