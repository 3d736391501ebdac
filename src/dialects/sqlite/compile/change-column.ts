// What `change()` makes of a column's definition. It keeps what the blueprint does not mention; an exact change drops
// that, as Laravel does, but keeps keys, references and checks that the user wrote.

import type { Column } from '../../../schema/operations.js'
import type { ColumnConstraintSource, ColumnSource } from '../create-table/create-table.js'
import { foldName } from '../sql/names.js'
import { isTrivia, tokenize, unquote } from '../sql/tokens.js'

type ConstraintKind = ColumnConstraintSource['kind']

/** The definition of `old` after a change to `column`, which `wanted` is the definition of. */
export function changedColumn(
  old: ColumnSource,
  wanted: ColumnSource,
  column: Column,
  exact: boolean,
): ColumnSource {
  const replaced: ReadonlySet<ConstraintKind> = exact ? exactlyReplaced : new Set(mentionedKinds(column))
  const kept = old.constraints.filter(
    (constraint) =>
      !replaced.has(constraint.kind) &&
      !isListCheck(constraint, old.name) &&
      constraint.kind !== 'primaryKey',
  )
  const added = wanted.constraints.filter(({ kind }) => replaced.has(kind) || kind === 'check')
  const constraints = [...primaryKey(old, wanted, column, exact), ...kept, ...added]
  return { ...old, typeText: wanted.typeText, type: wanted.type, constraints: consistent(constraints) }
}

const exactlyReplaced: ReadonlySet<ConstraintKind> = new Set([
  'notNull',
  'null',
  'default',
  'collate',
  'generated',
])

/** The kinds of constraints that the blueprint says something about. */
function mentionedKinds(column: Column): readonly ConstraintKind[] {
  return [
    ...(column.nullable === undefined ? [] : (['notNull', 'null'] as const)),
    ...(column.default === undefined && column.useCurrent !== true ? [] : (['default'] as const)),
    ...(column.collation === undefined ? [] : (['collate'] as const)),
    ...(column.generated === undefined ? [] : (['generated'] as const)),
  ]
}

/** The column's own key: made by `autoIncrement()`, else kept, without a counter where the type can have none. */
function primaryKey(
  old: ColumnSource,
  wanted: ColumnSource,
  column: Column,
  exact: boolean,
): readonly ColumnConstraintSource[] {
  const key = old.constraints.find((constraint) => constraint.kind === 'primaryKey')
  if (column.autoIncrement === true) return wanted.constraints.filter(({ kind }) => kind === 'primaryKey')
  if (key === undefined) return []
  const keepsCounter = column.autoIncrement !== false && !exact && foldName(wanted.type) === 'integer'
  return [keepsCounter || !key.autoincrement ? key : withoutCounter(key)]
}

function withoutCounter(key: ColumnConstraintSource & { kind: 'primaryKey' }): ColumnConstraintSource {
  return { ...key, autoincrement: false, text: key.text.replace(/\s+autoincrement$/i, '') }
}

/** A generated column has neither default nor key. */
function consistent(constraints: readonly ColumnConstraintSource[]): readonly ColumnConstraintSource[] {
  if (!constraints.some(({ kind }) => kind === 'generated')) return constraints
  return constraints.filter(({ kind }) => kind !== 'default' && kind !== 'primaryKey')
}

/** Whether it is the check of an enum: `"type" in ('movie', 'episode')` and nothing else. */
function isListCheck(constraint: ColumnConstraintSource, column: string): boolean {
  if (constraint.kind !== 'check' || constraint.constraintName !== undefined) return false
  const [name, word, open, ...rest] = tokenize(constraint.expression).filter((token) => !isTrivia(token))
  const close = rest.pop()
  return (
    name !== undefined &&
    foldName(unquote(name.text)) === foldName(column) &&
    word?.text.toUpperCase() === 'IN' &&
    open?.text === '(' &&
    close?.text === ')' &&
    rest.every(({ kind, text }, index) => (index % 2 === 0 ? kind === 'string' : text === ','))
  )
}
