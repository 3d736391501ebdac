// Changes to a CREATE TABLE statement that was taken apart: an item added, replaced or taken out. Pure. What is not
// changed keeps its text, and a comment stays beside the item that it stands next to.

import type {
  ColumnConstraintSource,
  ColumnSource,
  CreateTableSource,
  TableConstraintSource,
  Trivia,
} from './create-table.js'
import { sameName } from '../sql/names.js'

export function findColumn(source: CreateTableSource, name: string): ColumnSource | undefined {
  return source.columns.find((column) => sameName(column.name, name))
}

/** Puts a column after the others. */
export function appendColumn(source: CreateTableSource, column: ColumnSource): CreateTableSource {
  const last = source.columns.at(-1)
  const added = { ...column, ...trivia(last) }
  if (source.constraints.length > 0) return { ...source, columns: [...source.columns, added] }
  const { items, beforeClose } = closeLine(source.columns, source.beforeClose)
  return { ...source, columns: [...items, added], beforeClose }
}

/** Puts a constraint of the table after the others. */
export function appendConstraint(
  source: CreateTableSource,
  constraint: TableConstraintSource,
): CreateTableSource {
  const last = source.constraints.at(-1) ?? source.columns.at(-1)
  const added = { ...constraint, ...trivia(last), isJoined: false }
  if (source.constraints.length > 0) {
    const { items, beforeClose } = closeLine(source.constraints, source.beforeClose)
    return { ...source, constraints: [...items, added], beforeClose }
  }
  const { items, beforeClose } = closeLine(source.columns, source.beforeClose)
  return { ...source, columns: items, constraints: [added], beforeClose }
}

/** Puts `column` in the place, and between the comments, of the column called `name`. */
export function replaceColumn(
  source: CreateTableSource,
  name: string,
  column: ColumnSource,
): CreateTableSource {
  const columns = source.columns.map((old) =>
    sameName(old.name, name) ? { ...column, ...triviaOf(old) } : old,
  )
  return { ...source, columns }
}

export function withoutColumn(source: CreateTableSource, name: string): CreateTableSource {
  const columns = source.columns.filter((column) => !sameName(column.name, name))
  return reopenEnd(source, { ...source, columns })
}

/** Takes constraints of the table out; one that followed a dropped one without a comma stands where that stood. */
export function withoutConstraints(
  source: CreateTableSource,
  isDropped: (constraint: TableConstraintSource) => boolean,
): CreateTableSource {
  const kept: TableConstraintSource[] = []
  let isJoined: boolean | undefined
  for (const constraint of source.constraints) {
    if (isDropped(constraint)) isJoined ??= constraint.isJoined
    else {
      kept.push(isJoined === undefined ? constraint : { ...constraint, isJoined })
      isJoined = undefined
    }
  }
  return reopenEnd(source, { ...source, constraints: kept })
}

export function withoutColumnConstraints(
  source: CreateTableSource,
  column: ColumnSource,
  isDropped: (constraint: ColumnConstraintSource) => boolean,
): CreateTableSource {
  const constraints = column.constraints.filter((constraint) => !isDropped(constraint))
  return replaceColumn(source, column.name, { ...column, constraints })
}

/** Changes the text of every check and generated column. */
export function mapExpressions(source: CreateTableSource, edit: (text: string) => string): CreateTableSource {
  const apply = <Item extends { readonly kind: string; readonly text: string }>(item: Item): Item =>
    item.kind === 'check' || item.kind === 'generated' ? { ...item, text: edit(item.text) } : item
  return {
    ...source,
    columns: source.columns.map((column) => ({ ...column, constraints: column.constraints.map(apply) })),
    constraints: source.constraints.map(apply),
  }
}

function triviaOf({ leading, beforeComma, afterComma }: Trivia): Trivia {
  return { leading, beforeComma, afterComma }
}

/** The white space for an item after `last`: on a line of its own where `last` has one. */
function trivia(last: Trivia | undefined): Trivia {
  const line = last === undefined ? '' : (/\n[ \t]*$/.exec(last.leading)?.[0] ?? '')
  return { leading: line === '' ? ' ' : line, beforeComma: '', afterComma: '' }
}

/** A comment behind the last item stays beside it: before the comma that it now gets, or at the end of its line. */
function closeLine<Item extends Trivia>(
  items: readonly Item[],
  beforeClose: string,
): { items: readonly Item[]; beforeClose: string } {
  const comment = /^[ \t]*(?:--[^\n]*|\/\*[^\n]*?\*\/)/.exec(beforeClose)?.[0]
  const last = items.at(-1)
  if (comment === undefined || last === undefined) return { items, beforeClose }
  const trivia = comment.trimStart().startsWith('--') ? { afterComma: comment } : { beforeComma: comment }
  return {
    items: [...items.slice(0, -1), { ...last, ...trivia }],
    beforeClose: beforeClose.slice(comment.length),
  }
}

/** Where the last item was taken out, the comment behind it on its line goes with it. */
function reopenEnd(before: CreateTableSource, after: CreateTableSource): CreateTableSource {
  if (lastText(before) === lastText(after)) return after
  return { ...after, beforeClose: before.beforeClose.replace(/^[ \t]*--[^\n]*/, '') }
}

function lastText({ columns, constraints }: CreateTableSource): string | undefined {
  return constraints.at(-1)?.text ?? columns.at(-1)?.nameText
}
