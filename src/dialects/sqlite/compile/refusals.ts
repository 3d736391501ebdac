// What SQLite cannot do, one row each. Column types that it lacks are refused by their rows in schema/column-types.ts.

import type { Check, Column, DropIndex, ForeignKey, Index } from '../../../schema/operations.js'
import type { Refusal, Refusals } from '../../refusals.js'

const noLock = 'Leave it out: SQLite changes a table under the lock of its transaction.'
const noLateCheck = 'Leave it out: SQLite checks a constraint for each row that is written.'
const fullText = "Make an FTS5 table: db.exec('CREATE VIRTUAL TABLE … USING fts5(…)')."
const spatial = "Make an R-tree table: db.exec('CREATE VIRTUAL TABLE … USING rtree(…)')."
const vector = 'Compare the vectors in the application, or load an extension that has such an index.'

const indexRefusals: readonly Refusal<Index>[] = [
  { method: 'fullText()', applies: ({ kind }) => kind === 'fulltext', wayRound: fullText },
  { method: 'spatialIndex()', applies: ({ kind }) => kind === 'spatial', wayRound: spatial },
  { method: 'vectorIndex()', applies: ({ kind }) => kind === 'vector', wayRound: vector },
  {
    method: 'include()',
    applies: ({ include }) => include !== undefined && include.length > 0,
    wayRound: 'Put the columns at the end of the index itself: SQLite then reads them from it too.',
  },
  { method: 'concurrently()', applies: ({ concurrently }) => concurrently === true, wayRound: noLock },
  { method: 'lock()', applies: ({ lock }) => lock !== undefined, wayRound: noLock },
  {
    method: 'algorithm()',
    applies: ({ algorithm }) => algorithm !== undefined && algorithm.toLowerCase() !== 'btree',
    wayRound: 'Leave it out: every index of SQLite is a B-tree.',
  },
  {
    method: 'nullsNotDistinct()',
    applies: ({ nullsNotDistinct }) => nullsNotDistinct === true,
    wayRound:
      "Make a unique index on an expression: table.unique(db.raw(\"ifnull(email, '')\"), 'users_email_unique').",
  },
  {
    method: 'operatorClass()',
    applies: ({ operatorClass }) => operatorClass !== undefined,
    wayRound: 'Give the column a collation instead.',
  },
  {
    method: 'unique().deferrable()',
    applies: ({ deferrable, initiallyImmediate }) => deferrable === true || initiallyImmediate !== undefined,
    wayRound: 'Leave it out: on SQLite only foreign keys can be deferred.',
  },
]

const columnRefusals: readonly Refusal<Column>[] = [
  {
    method: 'instant()',
    applies: ({ algorithm }) => algorithm?.toLowerCase() === 'instant',
    wayRound: 'Leave it out: SQLite adds a column without rewriting the table wherever it can.',
  },
  {
    method: 'algorithm()',
    applies: ({ algorithm }) => algorithm !== undefined,
    wayRound: 'Leave it out: SQLite has one way to change a table.',
  },
  { method: 'lock()', applies: ({ lock }) => lock !== undefined, wayRound: noLock },
]

const foreignKeyRefusals: readonly Refusal<ForeignKey>[] = [
  { method: 'notValid()', applies: ({ notValid }) => notValid === true, wayRound: noLateCheck },
  { method: 'lock()', applies: ({ lock }) => lock !== undefined, wayRound: noLock },
]

const checkRefusals: readonly Refusal<Check>[] = [
  { method: 'notValid()', applies: ({ notValid }) => notValid === true, wayRound: noLateCheck },
]

const droppedIndexRefusals: readonly Refusal<DropIndex>[] = [
  {
    method: 'dropFullText()',
    applies: ({ indexKind }) => indexKind === 'fulltext',
    wayRound: "Drop the FTS5 table: schema.drop('…').",
  },
  {
    method: 'dropSpatialIndex()',
    applies: ({ indexKind }) => indexKind === 'spatial',
    wayRound: "Drop the R-tree table: schema.drop('…').",
  },
  {
    method: 'dropVectorIndex()',
    applies: ({ indexKind }) => indexKind === 'vector',
    wayRound: 'There is none to drop: vectorIndex() is refused on SQLite.',
  },
]

export const refusals: Refusals = {
  dialect: 'sqlite',
  label: 'SQLite',
  columns: columnRefusals,
  indexes: indexRefusals,
  droppedIndexes: droppedIndexRefusals,
  foreignKeys: foreignKeyRefusals,
  checks: checkRefusals,
  validateConstraint: noLateCheck,
  enumTypes:
    "Leave it out where db.getDriverName() is 'sqlite': table.enum() alone makes a check that allows its values.",
}
