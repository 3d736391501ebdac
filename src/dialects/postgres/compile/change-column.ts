// What `change()` makes of a column. It keeps what the blueprint does not mention; an exact change drops that, as
// Laravel does. What is so already is left out, because ALTER COLUMN … TYPE fails on a column that a view uses, even
// where it changes nothing.

import type { ChangeColumn, Column } from '../../../schema/operations.js'
import type { CheckSnapshot, ColumnSnapshot, TableSnapshot } from '../../../schema/snapshot.js'
import type { Statement } from '../../dialect.js'
import type { PostgresServer } from '../server.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { changedGeneration } from './change-generation.js'
import { columnSnapshot } from './column-snapshot.js'
import { bareTypeSql, defaultSql, identitySql, isCheckedEnum, listCheckSql } from './column-sql.js'
import { commentStatements } from './compile-create.js'
import { continuedStatements, isCounted, newSequence } from './counters.js'
import { isListCheck } from './list-check.js'
import { statement } from './statement.js'

/** One change, and what it is made out of. */
export interface Changing {
  readonly operation: ChangeColumn
  readonly column: Column
  readonly exact: boolean
  readonly current: ColumnSnapshot
  readonly table: TableSnapshot
}

export function compileChange(changing: Changing, server: PostgresServer): readonly Statement[] {
  const { operation, column, current } = changing
  const { table } = operation
  const startsCounting = startsToCount(changing)
  const sequence =
    startsCounting && column.identity === undefined
      ? newSequence(table, { ...current, ...columnSnapshot(column) })
      : undefined
  const clauses = [
    ...checkClauses(changing),
    ...columnClauses(changing, server, sequence?.defaultSql).map(
      (clause) => `alter column ${quoteIdentifier(column.name)} ${clause}`,
    ),
    ...(isCheckedEnum(column) ? [`add ${listCheckSql(column)}`] : []),
  ]
  const alter = clauses.length === 0 ? [] : [`alter table ${quoteTable(table)} ${clauses.join(', ')}`]
  const sqls = [
    ...(sequence === undefined ? [] : [sequence.createSql]),
    ...alter,
    ...(sequence === undefined ? replacedSequence(changing) : [sequence.ownSql]),
  ]
  return [
    ...sqls.map((sql) => statement(sql, operation)),
    ...(startsCounting || (isCounted(column) && column.startingValue !== undefined)
      ? continuedStatements(table, column, operation)
      : []),
    ...commentStatements(table, { ...column, ...comment(changing) }, operation),
  ]
}

/** A column that had a list of values and gets another; one that only loses it keeps its check, as in Laravel. */
function checkClauses({ column, table }: Changing): readonly string[] {
  if (column.type !== 'enum') return []
  return table.checks
    .filter((check): check is CheckSnapshot & { name: string } => check.name !== undefined)
    .filter((check) => isListCheck(check.expression, column.name))
    .map(({ name }) => `drop constraint ${quoteIdentifier(name)}`)
}

function columnClauses(
  changing: Changing,
  server: PostgresServer,
  counterSql: string | undefined,
): readonly string[] {
  const type = typeClause(changing)
  const { before, after } = defaultClauses(changing, type !== undefined, counterSql)
  return [
    ...before,
    ...(type === undefined ? [] : [type]),
    ...nullabilityClauses(changing),
    ...after,
    ...changedGeneration(changing, server),
    ...identityClauses(changing),
  ]
}

/** Undefined where type and collation are what they are to be. */
function typeClause(changing: Changing): string | undefined {
  const { column, current } = changing
  const wanted = columnSnapshot(column)
  const collation = wantedCollation(changing, wanted)
  const isSame =
    column.type !== 'rawColumn' &&
    wanted.type === current.type &&
    collation === current.collation &&
    column.using === undefined &&
    !stopsListing(changing)
  if (isSame) return undefined
  const using = column.using ?? enumConversion(column, current, wanted)
  return [
    `type ${bareTypeSql(column)}`,
    collation === undefined ? '' : ` collate ${quoteIdentifier(collation)}`,
    using === undefined ? '' : ` using ${using}`,
  ].join('')
}

/**
 * Whether it was an enum and is a plain text from now on. PostgreSQL then writes the check, which stays, in other words,
 * and the catalogue is to be what Laravel's would be.
 */
function stopsListing({ column, table }: Changing): boolean {
  return column.type !== 'enum' && table.checks.some((check) => isListCheck(check.expression, column.name))
}

/** ALTER COLUMN … TYPE takes a collation away that it does not mention. */
function wantedCollation({ column, exact, current }: Changing, wanted: ColumnSnapshot): string | undefined {
  if (column.collation !== undefined || exact) return column.collation
  return textTypes.has(wanted.typeName) ? current.collation : undefined
}

const textTypes: ReadonlySet<string> = new Set(['varchar', 'bpchar', 'text'])

/** To an enum type PostgreSQL converts only what it is told to. */
function enumConversion(column: Column, current: ColumnSnapshot, wanted: ColumnSnapshot): string | undefined {
  if (column.attributes.enumType === undefined || current.typeName === wanted.typeName) return undefined
  return `${quoteIdentifier(column.name)}::text::${bareTypeSql(column)}`
}

function nullabilityClauses({ column, exact, current }: Changing): readonly string[] {
  const startsIdentity = column.identity !== undefined && current.identity === undefined
  const wanted = column.nullable ?? (exact || startsIdentity ? false : current.nullable)
  return wanted === current.nullable ? [] : [wanted ? 'drop not null' : 'set not null']
}

interface DefaultClauses {
  /** Before the type, because the old default may not be of the new type. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

function defaultClauses(
  changing: Changing,
  changesType: boolean,
  counterSql: string | undefined,
): DefaultClauses {
  const { column, current } = changing
  const wanted = counterSql ?? wantedDefault(changing, changesType)
  if (wanted === undefined) return { before: [], after: [] }
  const drop = current.default === undefined && !current.autoIncrement ? [] : ['drop default']
  if (wanted === null || column.identity !== undefined) return { before: drop, after: [] }
  return { before: changesType ? drop : [], after: [`set default ${wanted}`] }
}

/** The default that the column is to have; null for none, undefined where it stays as it is. */
function wantedDefault(
  { column, exact, current }: Changing,
  changesType: boolean,
): string | null | undefined {
  if (column.default !== undefined || column.useCurrent === true) return defaultSql(column) ?? null
  if (column.autoIncrement === true) return undefined
  const stopsCounting =
    current.autoIncrement && (column.autoIncrement === false || column.identity !== undefined)
  if (exact || stopsCounting) return null
  const isOtherType = changesType && columnSnapshot(column).typeName !== current.typeName
  return isOtherType ? writtenDefault(current.default) : undefined
}

/** A default that is a value, without the type that PostgreSQL has written behind it. */
function writtenDefault(sql: string | undefined): string | undefined {
  const [, value] = /^(E?'(?:[^']|'')*')(?:::[^':]+)?$/.exec(sql ?? '') ?? []
  if (value !== undefined) return value
  return sql !== undefined && /^-?\d+(?:\.\d+)?$/.test(sql) ? `'${sql}'` : undefined
}

function identityClauses({ column, exact, current }: Changing): readonly string[] {
  const { identity, autoIncrement } = column
  if (identity === undefined) {
    const isDropped = exact ? autoIncrement !== true : autoIncrement === false
    return isDropped && current.identity !== undefined ? ['drop identity'] : []
  }
  if (current.identity === undefined) return [`add ${identitySql(identity)}`]
  // Dropping and adding, as Laravel does, would begin to count anew; only new options ask for that.
  if (identity.options !== undefined) return ['drop identity', `add ${identitySql(identity)}`]
  const always = identity.always ? 'always' : 'by default'
  return current.identity === always ? [] : [`set generated ${always}`]
}

/** Whether the column gets a sequence that it has not had. */
function startsToCount({ column, current }: Changing): boolean {
  const { identity } = column
  if (identity !== undefined) return current.identity === undefined || identity.options !== undefined
  return column.autoIncrement === true && !current.autoIncrement && current.identity === undefined
}

/** A serial that becomes an identity would keep its old sequence beside the new one. */
function replacedSequence({ column, current }: Changing): readonly string[] {
  const [, name] = /^nextval\('(.+)'::regclass\)$/.exec(current.default ?? '') ?? []
  return column.identity === undefined || name === undefined
    ? []
    : [`drop sequence ${name.replaceAll("''", "'")}`]
}

/** The comment that is to be written; none where it stays. */
function comment({ column, exact, current }: Changing): { readonly comment?: string } {
  if (column.comment !== undefined) return { comment: column.comment }
  return exact && current.comment !== undefined ? { comment: '' } : {}
}
