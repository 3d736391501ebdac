// Operations to statements. A blueprint is cut into pieces: a table made with all its parts, a run of changes to one
// table, a table dropped or renamed. Each piece is compiled against the database as the pieces before it leave it.

import type { DropTable, Operation, RenameTable } from '../../../schema/operations.js'
import { type TableName, formatTableName } from '../../../schema/table-name.js'
import type { Session, Statement } from '../../dialect.js'
import { type CreationPart, isCreationPart, leading, withRenamesLast } from '../../blueprint-order.js'
import { UnsupportedError } from '../../errors.js'
import { refuseUnsupported } from '../../refusals.js'
import { alreadyExists, noSuch } from '../../structure-errors.js'
import { type TableChange, isTableChange } from './alter.js'
import { compileChanges } from './compile-changes.js'
import { compileCreate } from './compile-create.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteTable, sameName } from '../sql/names.js'
import { Preview } from './preview.js'
import { refusals } from './refusals.js'
import { locate, tableNames } from './table-state.js'

/** The statements of one blueprint. Only reads. */
export async function compile(
  operations: readonly Operation[],
  session: Session,
): Promise<readonly Statement[]> {
  refuseUnsupported(refusals, operations)
  const preview = new Preview(session)
  const statements: Statement[] = []
  try {
    for (let pending = withRenamesLast(operations.filter(hasEffect), isSameTable); pending.length > 0;) {
      const piece = await compilePiece(pending, preview)
      statements.push(...piece.statements)
      pending = pending.slice(piece.length)
    }
    return statements
  } finally {
    await preview.close()
  }
}

/** A comment on a table has none on SQLite, as Laravel documents. */
function hasEffect({ kind }: Operation): boolean {
  return kind !== 'setTableComment'
}

interface Piece {
  readonly statements: readonly Statement[]
  /** How many operations it covers. */
  readonly length: number
}

async function compilePiece(operations: readonly Operation[], preview: Preview): Promise<Piece> {
  const [first] = operations
  if (first !== undefined && isTableChange(first)) return await compileRun(first, operations, preview)
  const parts =
    first?.kind === 'createTable'
      ? leading(operations.slice(1), isCreationPart, first.table, isSameTable)
      : []
  const statements = first === undefined ? [] : await compileWhole(first, parts, await preview.session())
  preview.add(statements)
  return { statements, length: 1 + parts.length }
}

async function compileRun(
  first: TableChange,
  operations: readonly Operation[],
  preview: Preview,
): Promise<Piece> {
  const run = leading(operations, isTableChange, first.table, isSameTable)
  return { statements: await compileChanges(first.table, run, preview), length: run.length }
}

/** What acts on a table as a whole. */
async function compileWhole(
  operation: Operation,
  parts: readonly CreationPart[],
  session: Session,
): Promise<readonly Statement[]> {
  if (operation.kind === 'createTable') return await compileCreate(operation, parts, session)
  if (operation.kind === 'dropTable') return await compileDrop(operation, session)
  if (operation.kind === 'renameTable') return await compileRename(operation, session)
  return []
}

async function compileDrop(operation: DropTable, session: Session): Promise<readonly Statement[]> {
  const { table, ifExists } = operation
  if (!ifExists) await requireTable(table, session)
  return [{ sql: `drop table ${ifExists ? 'if exists ' : ''}${quoteTable(table)}`, bindings: [], operation }]
}

async function compileRename(operation: RenameTable, session: Session): Promise<readonly Statement[]> {
  const { table, to } = operation
  const place = await requireTable(table, session)
  if (to.schema !== undefined && !sameName(to.schema, place)) throw movedTable()
  const isTaken =
    !sameName(table.name, to.name) && (await locate(session, { schema: place, name: to.name })) !== undefined
  if (isTaken)
    throw alreadyExists('table', formatTableName(to), `Drop or rename it first, or take another name.`)
  return [
    {
      sql: `alter table ${quoteTable(table)} rename to ${quoteIdentifier(to.name)}`,
      bindings: [],
      operation,
    },
  ]
}

async function requireTable(table: TableName, session: Session): Promise<string> {
  const place = await locate(session, table)
  if (place === undefined) throw noSuch('table', formatTableName(table), await tableNames(session))
  return place.schema
}

function movedTable(): UnsupportedError {
  return new UnsupportedError(
    'rename() into another schema',
    'SQLite',
    'Make the table there, copy the rows with db.statement(), and drop the old one.',
  )
}

function isSameTable(one: TableName, other: TableName): boolean {
  return sameName(one.name, other.name) && sameName(one.schema ?? '', other.schema ?? '')
}
