// What a database cannot do is refused before anything runs, by the name of the method that the user called, with a way
// round. Each dialect has a table of its own; this is how the tables are read.

import { columnTypes, type Spelling } from '../schema/column-types.js'
import type { DialectName } from '../schema/dialect-name.js'
import type { Check, Column, DropIndex, ForeignKey, Index, Operation } from '../schema/operations.js'
import { UnsupportedError } from './errors.js'

/** One thing that a database cannot do: how it is told from an operation, what the user called, and the way round. */
export interface Refusal<Subject> {
  readonly method: string
  readonly applies: (subject: Subject) => boolean
  readonly wayRound: string
}

/** All that a database cannot do. */
export interface Refusals {
  readonly dialect: DialectName
  readonly label: string
  readonly columns: readonly Refusal<Column>[]
  readonly indexes: readonly Refusal<Index>[]
  readonly droppedIndexes: readonly Refusal<DropIndex>[]
  readonly foreignKeys: readonly Refusal<ForeignKey>[]
  readonly checks: readonly Refusal<Check>[]
  /** The way round `validateConstraint()`, where there is no such thing. */
  readonly validateConstraint: string | undefined
  /** The way round `createEnum()`, where there are no enum types. */
  readonly enumTypes: string | undefined
}

/** @throws UnsupportedError for the first operation that the database cannot carry out */
export function refuseUnsupported(refusals: Refusals, operations: readonly Operation[]): void {
  for (const operation of operations) refuseOperation(refusals, operation)
}

function refuseOperation(refusals: Refusals, operation: Operation): void {
  const { label, validateConstraint, enumTypes } = refusals
  const refuseColumn = (column: Column): void => {
    const spelling: Spelling = columnTypes[column.type].sql[refusals.dialect]
    if (typeof spelling === 'object')
      throw new UnsupportedError(`${column.type}()`, label, `Instead, ${spelling.wayRound}.`)
    refuse(label, refusals.columns, column)
  }
  if (operation.kind === 'createTable') operation.columns.forEach(refuseColumn)
  else if (operation.kind === 'addColumn' || operation.kind === 'changeColumn') refuseColumn(operation.column)
  else if (operation.kind === 'addIndex') refuse(label, refusals.indexes, operation.index)
  else if (operation.kind === 'dropIndex') refuse(label, refusals.droppedIndexes, operation)
  else if (operation.kind === 'addForeignKey') refuse(label, refusals.foreignKeys, operation.foreignKey)
  else if (operation.kind === 'addCheck') refuse(label, refusals.checks, operation.check)
  else if (operation.kind === 'validateConstraint' && validateConstraint !== undefined)
    throw new UnsupportedError('validateConstraint()', label, validateConstraint)
  else if (operation.kind === 'createEnum' && enumTypes !== undefined)
    throw new UnsupportedError('createEnum()', label, enumTypes)
  else if (operation.kind === 'dropEnum' && enumTypes !== undefined)
    throw new UnsupportedError(operation.ifExists ? 'dropEnumIfExists()' : 'dropEnum()', label, enumTypes)
}

function refuse<Subject>(label: string, refusals: readonly Refusal<Subject>[], subject: Subject): void {
  const refusal = refusals.find(({ applies }) => applies(subject))
  if (refusal !== undefined) throw new UnsupportedError(refusal.method, label, refusal.wayRound)
}
