// A change of a table as the clauses that ALTER TABLE takes for it.

import type { AddColumn, ChangeColumn, DropIndex, RenameColumn } from '../../../schema/operations.js'
import type { TableSnapshot } from '../../../schema/snapshot.js'
import type { MysqlServer } from '../server.js'
import { quoteIdentifier } from '../sql/literal.js'
import { mentionsColumn, withRenamedColumn } from '../sql/mentions.js'
import { sameName } from '../sql/names.js'
import { changedParts } from './changed-column.js'
import { columnParts, definitionSql, positionSql } from './column-sql.js'
import { checkSql, foreignKeySql, indexSql } from './constraint-sql.js'
import type { TableChange } from './find-parts.js'
import { textSql } from './text-sql.js'

/** What is known where a change is written. */
export interface AlterContext {
  readonly table: TableSnapshot
  readonly server: MysqlServer
  /** The blueprint makes a primary key of its own, which an auto-incrementing column is then part of. */
  readonly addsPrimaryKey: boolean
}

type Clauses<Change> = (change: Change, context: AlterContext) => readonly string[]

const clausesOf: { readonly [Kind in TableChange['kind']]: Clauses<Extract<TableChange, { kind: Kind }>> } = {
  addColumn: addClauses,
  changeColumn: modifyClauses,
  renameColumn: renameClauses,
  dropColumns: ({ columns }) => columns.map((name) => `drop ${quoteIdentifier(name)}`),
  addIndex: ({ index }) => [`add ${indexSql(index)}`],
  dropIndex: (change) => [dropIndexClause(change)],
  renameIndex: ({ from, to }) => [`rename index ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`],
  addForeignKey: ({ foreignKey }) => [`add ${foreignKeySql(foreignKey)}`],
  dropForeignKey: ({ name }) => [`drop foreign key ${quoteIdentifier(name)}`],
  addCheck: ({ check }) => [`add ${checkSql(check)}`],
  dropCheck: ({ name }, { server }) => [`${server.flavour.words.dropCheck} ${quoteIdentifier(name)}`],
  setTableComment: ({ comment }) => [`comment = ${textSql(comment)}`],
}

export function alterClauses(change: TableChange, context: AlterContext): readonly string[] {
  // The mapped type above pairs each kind with the clauses for changes of that kind.
  return (clausesOf[change.kind] as Clauses<TableChange>)(change, context)
}

/** What the user says of how the server is to carry a change out. */
export function hintClauses(change: TableChange): readonly string[] {
  const { algorithm, lock } = hintsOf(change)
  return [
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(lock === undefined ? [] : [`lock=${lock}`]),
  ]
}

function hintsOf(change: TableChange): { readonly algorithm?: string; readonly lock?: string } {
  if (change.kind === 'addColumn' || change.kind === 'changeColumn') return change.column
  if (change.kind === 'addForeignKey') return change.foreignKey
  // An index has an algorithm too, which is how it is kept rather than made.
  if (change.kind !== 'addIndex' || change.index.lock === undefined) return {}
  return { lock: change.index.lock }
}

function addClauses({ column }: AddColumn, { server, addsPrimaryKey }: AlterContext): readonly string[] {
  const parts = columnParts(column, server)
  const definition = definitionSql(column.name, parts, parts.autoIncrement && !addsPrimaryKey)
  return [`add ${definition}${positionSql(column)}`, ...startClauses(column)]
}

/** A column that is to number the rows needs a key; one without becomes the primary key. */
function modifyClauses(
  change: ChangeColumn,
  { table, server, addsPrimaryKey }: AlterContext,
): readonly string[] {
  const { column } = change
  const old = table.columns.find(({ name }) => sameName(name, column.name))
  if (old === undefined) return []
  const parts = changedParts(change, old, table, server)
  const isPrimaryKey = parts.autoIncrement && !addsPrimaryKey && !isKeyed(table, column.name)
  return [
    `modify ${definitionSql(column.name, parts, isPrimaryKey)}${positionSql(column)}`,
    ...startClauses(column),
  ]
}

function isKeyed({ primaryKey, indexes }: TableSnapshot, name: string): boolean {
  return (
    primaryKey !== undefined || indexes.some(({ columns: [first] }) => sameName(first?.column ?? '', name))
  )
}

function startClauses({ autoIncrement, startingValue }: AddColumn['column']): readonly string[] {
  return autoIncrement === true && startingValue !== undefined && startingValue !== 0
    ? [`auto_increment = ${startingValue}`]
    : []
}

/** MySQL renames no column that a check mentions: such checks are taken away and made anew, in the same statement. */
function renameClauses({ from, to }: RenameColumn, { table, server }: AlterContext): readonly string[] {
  const rename = `rename column ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`
  const { renamesInChecks, dropCheck } = server.flavour.words
  const checks = renamesInChecks ? [] : table.checks.filter((check) => mentionsColumn(check.expression, from))
  const named = checks.flatMap(({ name, expression }) => (name === undefined ? [] : [{ name, expression }]))
  return [
    ...named.map(({ name }) => `${dropCheck} ${quoteIdentifier(name)}`),
    rename,
    ...named.map(({ name, expression }) => {
      const renamed = { name, expression: withRenamedColumn(expression, from, to) }
      return `add ${checkSql(renamed)}`
    }),
  ]
}

function dropIndexClause({ indexKind, name }: DropIndex): string {
  return indexKind === 'primary' ? 'drop primary key' : `drop index ${quoteIdentifier(name)}`
}
