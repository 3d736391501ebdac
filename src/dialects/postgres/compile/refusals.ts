// What PostgreSQL cannot do, one row each. Column types that it lacks are refused by their rows in
// schema/column-types.ts, and what depends on the table that is changed where that is compiled.

import type { Column, ForeignKey, Index } from '../../../schema/operations.js'
import type { Refusal, Refusals } from '../../refusals.js'
import type { PostgresServer } from '../server.js'
import { isConstraint } from './constraint-sql.js'

/** https://www.postgresql.org/docs/18/ddl-generated-columns.html */
const virtualSince = 180_000

const noLock =
  "Leave it out, and set migration({ lockTimeout: '2s' }) so that a change which has to wait gives up."

const virtualRefusal: Refusal<Column> = {
  method: 'virtualAs()',
  applies: ({ generated }) => generated !== undefined && !generated.stored,
  wayRound: 'Keep the values, with storedAs(), or use PostgreSQL 18.',
}

const columnRefusals: readonly Refusal<Column>[] = [
  {
    method: 'instant()',
    applies: ({ algorithm }) => algorithm?.toLowerCase() === 'instant',
    wayRound: 'Leave it out: PostgreSQL adds a column without rewriting the table wherever it can.',
  },
  {
    method: 'algorithm()',
    applies: ({ algorithm }) => algorithm !== undefined,
    wayRound: 'Leave it out: PostgreSQL has one way to change a table.',
  },
  { method: 'lock()', applies: ({ lock }) => lock !== undefined, wayRound: noLock },
]

const isDeferred = ({ deferrable, initiallyImmediate }: Index): boolean =>
  deferrable === true || initiallyImmediate !== undefined

const indexRefusals: readonly Refusal<Index>[] = [
  {
    method: 'index().lock()',
    applies: ({ lock }) => lock !== undefined,
    wayRound: "Make the index with .concurrently(), in a migration that says 'transaction: false'.",
  },
  {
    method: 'primary().concurrently()',
    applies: ({ kind, concurrently }) => kind === 'primary' && concurrently === true,
    wayRound:
      'Make a unique index with .concurrently(), then: db.statement(\'alter table "…" add primary key using index "…"\').',
  },
  {
    method: 'primary key over an expression or a part of the rows',
    applies: (index) => index.kind === 'primary' && !isConstraint(index),
    wayRound: 'Make it a unique index: table.unique(…).',
  },
  {
    method: 'deferrable() for an index that is no constraint',
    applies: (index) => isDeferred(index) && !isConstraint(index),
    wayRound: 'Leave it out, or make a plain unique(): only that can wait until the transaction ends.',
  },
]

const foreignKeyRefusals: readonly Refusal<ForeignKey>[] = [
  { method: 'lock()', applies: ({ lock }) => lock !== undefined, wayRound: noLock },
]

/** An index cannot be made concurrently inside a transaction: https://www.postgresql.org/docs/current/sql-createindex.html */
const concurrentRefusal: Refusal<Index> = {
  method: 'concurrently() inside a transaction',
  applies: ({ concurrently }) => concurrently === true,
  wayRound: "Give the migration the option 'transaction: false', and leave db.transaction() out of it.",
}

export function refusals(server: PostgresServer, inTransaction: boolean): Refusals {
  return {
    dialect: 'postgres',
    label: 'PostgreSQL',
    columns: server.version < virtualSince ? [virtualRefusal, ...columnRefusals] : columnRefusals,
    indexes: inTransaction ? [...indexRefusals, concurrentRefusal] : indexRefusals,
    droppedIndexes: [],
    foreignKeys: foreignKeyRefusals,
    checks: [],
    validateConstraint: undefined,
    enumTypes: undefined,
  }
}
