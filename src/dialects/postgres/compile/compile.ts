// Operations to statements, one after the other: PostgreSQL's ALTER TABLE does all that a blueprint can ask for. The
// catalogue is read only for what cannot be written without knowing it, a column that is changed or a constraint that is
// dropped; making tables and adding to them reads nothing.

import type { Operation, OperationKind } from '../../../schema/operations.js'
import type { Catalogue } from '../../../schema/snapshot.js'
import { type TableName, formatTableName } from '../../../schema/table-name.js'
import { isCreationPart, leading, withRenamesLast } from '../../blueprint-order.js'
import type { Statement } from '../../dialect.js'
import { refuseUnsupported } from '../../refusals.js'
import { rehearse } from '../rehearse.js'
import type { PostgresServer } from '../server.js'
import { quoteIdentifier, quoteString } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { compileChange } from './change-column.js'
import { columnSql } from './column-sql.js'
import { commentStatements, compileCreate, compilePart } from './compile-create.js'
import { startingValueStatements } from './counters.js'
import { createEnumSql, enumTypeStatements } from './enum-types.js'
import {
  isUniqueConstraint,
  requireColumn,
  requireForeignKey,
  requirePrimaryKey,
  requireTable,
} from './find-parts.js'
import { refusals } from './refusals.js'
import { statement } from './statement.js'

/** What a blueprint is compiled against. */
export interface CompileContext {
  readonly catalogue: Catalogue
  readonly server: PostgresServer
  readonly inTransaction: boolean
}

/** The statements of one blueprint. Only reads. */
export async function compile(
  operations: readonly Operation[],
  { catalogue, server, inTransaction }: CompileContext,
): Promise<readonly Statement[]> {
  refuseUnsupported(refusals(server, inTransaction), operations)
  // Shows the structure as the operations before leave it, and reads nothing before it is asked.
  const preview = rehearse(catalogue)
  const structure = preview.session.structure ?? catalogue
  const statements: Statement[] = []
  for (let pending = withRenamesLast(operations, isSameTable); pending.length > 0;) {
    const piece = leadingPiece(pending)
    statements.push(...(await compilePiece(piece, { structure, server, blueprint: operations })))
    await preview.carryOut({ operations: piece, statements: [] })
    pending = pending.slice(piece.length)
  }
  return statements
}

/** A new table with all its parts, or one operation. */
function leadingPiece([first, ...rest]: readonly Operation[]): readonly Operation[] {
  if (first === undefined) return []
  const parts = first.kind === 'createTable' ? leading(rest, isCreationPart, first.table, isSameTable) : []
  return [first, ...parts]
}

interface Work {
  /** As the operations before have left it. */
  readonly structure: Catalogue
  readonly server: PostgresServer
  readonly blueprint: readonly Operation[]
}

type Compile<Kind extends OperationKind> = (
  operation: Extract<Operation, { kind: Kind }>,
  work: Work,
) => readonly Statement[] | Promise<readonly Statement[]>

async function compilePiece(
  [operation, ...parts]: readonly Operation[],
  work: Work,
): Promise<readonly Statement[]> {
  if (operation?.kind === 'createTable') {
    const { columns } = operation
    return [
      ...(await enumTypeStatements(columns, operation, work.structure)),
      ...compileCreate(operation, parts.filter(isCreationPart)),
    ]
  }
  if (operation === undefined) return []
  // The mapped type below pairs each kind with what compiles operations of that kind.
  return await (compilers[operation.kind] as Compile<Exclude<OperationKind, 'createTable'>>)(operation, work)
}

const compilers: { readonly [Kind in Exclude<OperationKind, 'createTable'>]: Compile<Kind> } = {
  dropTable: async (operation, { structure }) => {
    const { table, ifExists } = operation
    if (!ifExists) await requireTable(structure, table)
    return [statement(`drop table ${ifExists ? 'if exists ' : ''}${quoteTable(table)}`, operation)]
  },

  renameTable: (operation) => {
    const { table, to } = operation
    const moves = to.schema !== undefined && to.schema !== table.schema
    const moved = moves ? { ...table, schema: to.schema } : table
    return [
      ...(moves
        ? [
            statement(
              `alter table ${quoteTable(table)} set schema ${quoteIdentifier(to.schema ?? '')}`,
              operation,
            ),
          ]
        : []),
      ...(to.name === table.name
        ? []
        : [statement(`alter table ${quoteTable(moved)} rename to ${quoteIdentifier(to.name)}`, operation)]),
    ]
  },

  setTableComment: (operation) => [
    statement(
      `comment on table ${quoteTable(operation.table)} is ${quoteString(operation.comment)}`,
      operation,
    ),
  ],

  addColumn: async (operation, { structure, blueprint }) => {
    const { table, column } = operation
    const isKey = column.autoIncrement === true && !blueprint.some(isPrimaryKey)
    const sql = columnSql(column, isKey)
    return [
      ...(await enumTypeStatements([column], operation, structure)),
      statement(`alter table ${quoteTable(table)} add column ${sql}`, operation),
      ...startingValueStatements(table, column, operation),
      ...commentStatements(table, column, operation),
    ]
  },

  changeColumn: async (operation, { structure, server }) => {
    const { table: name, column, exact } = operation
    const table = await requireTable(structure, name)
    const current = requireColumn(table, column.name)
    return [
      ...(await enumTypeStatements([column], operation, structure)),
      ...compileChange({ operation, column, exact, current, table }, server),
    ]
  },

  renameColumn: (operation) => [
    alter(operation, `rename column ${quoteIdentifier(operation.from)} to ${quoteIdentifier(operation.to)}`),
  ],

  dropColumns: (operation) => [
    alter(operation, operation.columns.map((name) => `drop column ${quoteIdentifier(name)}`).join(', ')),
  ],

  addIndex: compilePart,
  addForeignKey: compilePart,
  addCheck: compilePart,

  dropIndex: async (operation, { structure }) => {
    const { table, indexKind, name } = operation
    if (indexKind === 'primary') {
      const key = requirePrimaryKey(await requireTable(structure, table))
      return [alter(operation, `drop constraint ${quoteIdentifier(key)}`)]
    }
    if (indexKind === 'unique' && isUniqueConstraint(await requireTable(structure, table), name))
      return [alter(operation, `drop constraint ${quoteIdentifier(name)}`)]
    return [statement(`drop index ${quoteTable({ schema: table.schema, name })}`, operation)]
  },

  renameIndex: (operation) => {
    const from = quoteTable({ schema: operation.table.schema, name: operation.from })
    return [statement(`alter index ${from} rename to ${quoteIdentifier(operation.to)}`, operation)]
  },

  dropForeignKey: async (operation, { structure }) => {
    const key = requireForeignKey(await requireTable(structure, operation.table), operation)
    return [alter(operation, `drop constraint ${quoteIdentifier(key)}`)]
  },

  dropCheck: (operation) => [alter(operation, `drop constraint ${quoteIdentifier(operation.name)}`)],

  validateConstraint: (operation) => [
    alter(operation, `validate constraint ${quoteIdentifier(operation.name)}`),
  ],

  createEnum: (operation) => [statement(createEnumSql(operation.type, operation.values), operation)],

  dropEnum: (operation) => [
    statement(`drop type ${operation.ifExists ? 'if exists ' : ''}${quoteTable(operation.type)}`, operation),
  ],
}

function alter(operation: Operation & { readonly table: TableName }, clause: string): Statement {
  return statement(`alter table ${quoteTable(operation.table)} ${clause}`, operation)
}

function isPrimaryKey(operation: Operation): boolean {
  return operation.kind === 'addIndex' && operation.index.kind === 'primary'
}

/** PostgreSQL tells upper and lower case in quoted names. */
function isSameTable(one: TableName, other: TableName): boolean {
  return formatTableName(one) === formatTableName(other)
}
