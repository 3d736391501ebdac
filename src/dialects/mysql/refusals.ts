// What MySQL and MariaDB cannot do, one row each. Column types that they lack are refused by their rows in
// schema/column-types.ts, or here where it is a matter of the server's version.

import type { DialectName } from '../../schema/dialect-name.js'
import type { Check, Column, DropIndex, ForeignKey, Index } from '../../schema/operations.js'
import type { Refusal, Refusals } from '../refusals.js'
import { hasExpression } from './sql/index-parts.js'

/** What only one of the two lacks. */
export interface FlavourRefusals {
  readonly dialect: DialectName
  readonly label: string
  /** The first version with vectors; `version` as in `MysqlServer`. */
  readonly vectorsSince: { readonly version: number; readonly name: string }
  /** The way round an index of vectors; undefined where there are such, as soon as there are vectors. */
  readonly vectorIndex: string | undefined
  /** The way round an index on an expression; undefined where there are such. */
  readonly expressionIndexes: string | undefined
}

const noLateCheck = 'Leave it out: the server checks a constraint for each row that is written.'

export function familyRefusals(flavour: FlavourRefusals, version: number): Refusals {
  const { dialect, label, vectorsSince } = flavour
  const hasVectors = version >= vectorsSince.version
  const newer = `Vectors need ${label} ${vectorsSince.name} or later; until then keep the numbers in a json column.`
  const vectorIndex = flavour.vectorIndex ?? (hasVectors ? undefined : newer)
  return {
    dialect,
    label,
    columns: refusedWhere<Column>(
      hasVectors ? undefined : newer,
      'vector()',
      ({ type }) => type === 'vector',
    ),
    indexes: [
      ...refusedWhere<Index>(vectorIndex, 'vectorIndex()', ({ kind }) => kind === 'vector'),
      ...refusedWhere<Index>(flavour.expressionIndexes, 'index on an expression', hasExpression),
      ...indexRefusals,
    ],
    droppedIndexes: refusedWhere<DropIndex>(
      vectorIndex === undefined ? undefined : `There is none to drop: vectorIndex() is refused on ${label}.`,
      'dropVectorIndex()',
      ({ indexKind }) => indexKind === 'vector',
    ),
    foreignKeys: foreignKeyRefusals,
    checks: checkRefusals,
    validateConstraint: noLateCheck,
    enumTypes: 'Leave it out: table.enum() keeps the list of values in the column itself.',
  }
}

function refusedWhere<Subject>(
  wayRound: string | undefined,
  method: string,
  applies: (subject: Subject) => boolean,
): readonly Refusal<Subject>[] {
  return wayRound === undefined ? [] : [{ method, applies, wayRound }]
}

const indexRefusals: readonly Refusal<Index>[] = [
  {
    method: 'where() of an index',
    applies: ({ where }) => where !== undefined,
    wayRound:
      'Index a generated column that is null for the other rows: ' +
      'table.string(\'active_email\').virtualAs("if(active, email, null)").unique().',
  },
  {
    method: 'include()',
    applies: ({ include }) => include !== undefined && include.length > 0,
    wayRound: 'Put the columns at the end of the index itself: the server then reads them from it too.',
  },
  {
    method: 'concurrently()',
    applies: ({ concurrently }) => concurrently === true,
    wayRound: "Ask for no lock instead: table.index('email').lock('none').",
  },
  {
    method: 'nullsNotDistinct()',
    applies: ({ nullsNotDistinct }) => nullsNotDistinct === true,
    wayRound:
      "Make the unique index on a generated column: table.string('email_key').virtualAs(\"ifnull(email, '')\").unique().",
  },
  {
    method: 'operatorClass()',
    applies: ({ operatorClass, kind }) => operatorClass !== undefined && kind !== 'vector',
    wayRound: 'Leave it out: give the column a collation instead.',
  },
  {
    method: 'algorithm() of that name',
    applies: ({ algorithm, kind }) =>
      algorithm !== undefined && kind !== 'fulltext' && !/^(?:btree|hash|rtree)$/i.test(algorithm),
    wayRound: "Leave it out, or use 'btree' or 'hash'.",
  },
  {
    method: 'unique().deferrable()',
    applies: ({ deferrable, initiallyImmediate }) => deferrable === true || initiallyImmediate !== undefined,
    wayRound: 'Leave it out: a unique index is checked for each row that is written.',
  },
]

const foreignKeyRefusals: readonly Refusal<ForeignKey>[] = [
  {
    method: 'deferrable()',
    applies: ({ deferrable, initiallyImmediate }) => deferrable === true || initiallyImmediate !== undefined,
    wayRound:
      'Leave it out, and write the rows in the order of their keys, or inside schema.withoutForeignKeyConstraints(…).',
  },
  { method: 'notValid()', applies: ({ notValid }) => notValid === true, wayRound: noLateCheck },
  {
    method: "onDelete('set default')",
    applies: ({ onDelete, onUpdate }) => onDelete === 'set default' || onUpdate === 'set default',
    wayRound: 'InnoDB has no such action; use nullOnDelete(), or set the default in a trigger.',
  },
]

const checkRefusals: readonly Refusal<Check>[] = [
  { method: 'notValid()', applies: ({ notValid }) => notValid === true, wayRound: noLateCheck },
]
