// Operations to statements. A blueprint is cut into pieces: a table made with all its parts in one statement, a run of
// changes to one table in as few ALTER TABLEs as mean the same, a table dropped or renamed. Each piece is compiled
// against the structure as the pieces before it leave it. No statement here can be rolled back: DDL commits.

import type { CreateTable, DropTable, Operation, RenameTable } from '../../../schema/operations.js'
import type { Catalogue, TableSnapshot } from '../../../schema/snapshot.js'
import { type TableName, formatTableName } from '../../../schema/table-name.js'
import { isCreationPart, leading, withRenamesLast } from '../../blueprint-order.js'
import type { Rehearsal, Statement } from '../../dialect.js'
import { refuseUnsupported } from '../../refusals.js'
import { alreadyExists, noSuch } from '../../structure-errors.js'
import { rehearse } from '../rehearse.js'
import type { MysqlServer } from '../server.js'
import { quoteTable } from '../sql/names.js'
import { alterClauses, hintClauses } from './alter-clauses.js'
import { AlterGroup } from './alter-groups.js'
import { type TablePart, createTableSql } from './compile-create.js'
import { type TableChange, findColumn, fittedChange, isTableChange } from './find-parts.js'
import { refuseUnwritableNames } from './refuse-names.js'

/** The statements of one blueprint. Only reads. */
export async function compile(
  operations: readonly Operation[],
  catalogue: Catalogue,
  server: MysqlServer,
): Promise<readonly Statement[]> {
  refuseUnsupported(server.flavour.refusals(server.version), operations)
  refuseUnwritableNames(operations, server.flavour.label)
  const structure = new Structure(catalogue, server)
  const statements: Statement[] = []
  for (let pending = withRenamesLast(operations, isSameTable); pending.length > 0;) {
    const piece = await compilePiece(pending, structure, server)
    statements.push(...piece.statements)
    pending = pending.slice(piece.length)
  }
  return statements
}

/** The structure as the operations that have been compiled leave it. */
class Structure {
  readonly catalogue: Catalogue
  readonly #rehearsal: Rehearsal

  constructor(live: Catalogue, server: MysqlServer) {
    this.#rehearsal = rehearse(live, server)
    this.catalogue = this.#rehearsal.session.structure ?? live
  }

  async carryOut(operation: Operation): Promise<void> {
    await this.#rehearsal.carryOut({ operations: [operation], statements: [] })
  }

  /** @throws SchemaError where there is no such table */
  async require(name: TableName): Promise<TableSnapshot> {
    const found = await this.catalogue.table(name)
    if (found !== undefined) return found
    const known = (await this.catalogue.tables(name.schema)).map(formatTableName)
    throw noSuch('table', formatTableName(name), known)
  }
}

interface Piece {
  readonly statements: readonly Statement[]
  /** How many operations it covers. */
  readonly length: number
}

async function compilePiece(
  operations: readonly Operation[],
  structure: Structure,
  server: MysqlServer,
): Promise<Piece> {
  const [first, ...rest] = operations
  if (first === undefined) return { statements: [], length: 0 }
  if (first.kind === 'createTable') {
    const parts = leading(rest, isTablePart, first.table, isSameTable)
    return { statements: await compileCreate(first, parts, structure, server), length: 1 + parts.length }
  }
  if (isTableChange(first)) {
    const run = leading(operations, isTableChange, first.table, isSameTable)
    return { statements: await compileChanges(first.table, run, structure, server), length: run.length }
  }
  return { statements: await compileWhole(first, structure), length: 1 }
}

function isTablePart(operation: Operation): operation is TablePart {
  return isCreationPart(operation) || operation.kind === 'setTableComment'
}

async function compileCreate(
  operation: CreateTable,
  parts: readonly TablePart[],
  structure: Structure,
  server: MysqlServer,
): Promise<readonly Statement[]> {
  const name = formatTableName(operation.table)
  if (!operation.options.temporary && (await structure.catalogue.table(operation.table)) !== undefined)
    throw alreadyExists(
      'table',
      name,
      `To change it: schema.table('${name}', …). To make it anew, first schema.drop('${name}').`,
    )
  await structure.carryOut(operation)
  let hasPrimaryKey = false
  for (const part of parts) {
    const table = await structure.require(operation.table)
    // An auto-incrementing column is the primary key unless the blueprint makes another one.
    fittedChange(part, hasPrimaryKey ? table : { ...table, primaryKey: undefined })
    hasPrimaryKey ||= part.kind === 'addIndex' && part.index.kind === 'primary'
    await structure.carryOut(part)
  }
  return [{ sql: createTableSql(operation, parts, server), bindings: [], operation }]
}

async function compileChanges(
  name: TableName,
  changes: readonly TableChange[],
  structure: Structure,
  server: MysqlServer,
): Promise<readonly Statement[]> {
  const statements: AlterStatement[] = []
  const addsPrimaryKey = changes.some(
    (change) => change.kind === 'addIndex' && change.index.kind === 'primary',
  )
  for (const change of changes) {
    const table = await structure.require(name)
    const fitted = fittedChange(change, table)
    const last = statements.at(-1)
    const statement = last?.group.takes(fitted, table) === true ? last : new AlterStatement(fitted)
    if (statement !== last) statements.push(statement)
    statement.group.add(fitted, table)
    statement.clauses.push(...alterClauses(fitted, { table, server, addsPrimaryKey }), ...hintClauses(fitted))
    await structure.carryOut(withTableNames(fitted, table))
  }
  return statements.map(({ clauses, operation }) => ({
    sql: `alter table ${quoteTable(name)} ${clauses.join(', ')}`,
    bindings: [],
    operation,
  }))
}

/** An ALTER TABLE that is being put together; `operation` is its first. */
class AlterStatement {
  readonly group = new AlterGroup()
  readonly clauses: string[] = []
  readonly operation: Operation

  constructor(operation: Operation) {
    this.operation = operation
  }
}

/** The change as it can be carried out on a snapshot, which tells the case of letters in names. */
function withTableNames(change: TableChange, table: TableSnapshot): TableChange {
  if (change.kind !== 'addIndex') return change
  const columns = change.index.columns.map((part) =>
    'column' in part ? { column: findColumn(table, part.column) ?? part.column } : part,
  )
  return { ...change, index: { ...change.index, columns } }
}

/** What acts on a table as a whole. */
async function compileWhole(operation: Operation, structure: Structure): Promise<readonly Statement[]> {
  if (operation.kind === 'dropTable') return await compileDrop(operation, structure)
  if (operation.kind === 'renameTable') return await compileRename(operation, structure)
  return []
}

async function compileDrop(operation: DropTable, structure: Structure): Promise<readonly Statement[]> {
  const { table, ifExists } = operation
  if (!ifExists) await structure.require(table)
  await structure.carryOut(operation)
  return [{ sql: `drop table ${ifExists ? 'if exists ' : ''}${quoteTable(table)}`, bindings: [], operation }]
}

/** The table stays in its database unless another one is named. */
async function compileRename(operation: RenameTable, structure: Structure): Promise<readonly Statement[]> {
  const { table } = operation
  const to = { schema: operation.to.schema ?? table.schema, name: operation.to.name }
  await structure.require(table)
  if ((await structure.catalogue.table(to)) !== undefined && !isSameTable(table, to))
    throw alreadyExists('table', formatTableName(to), 'Drop or rename it first, or take another name.')
  await structure.carryOut(operation)
  return [{ sql: `rename table ${quoteTable(table)} to ${quoteTable(to)}`, bindings: [], operation }]
}

/** The operations of a blueprint write their table's name all alike. */
function isSameTable(one: TableName, other: TableName): boolean {
  return one.name === other.name && one.schema === other.schema
}
