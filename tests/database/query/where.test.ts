// What conditions mean, checked against the same predicates in JavaScript, with SQL's three truth values.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConditionBuilder } from '../../../src/query/condition-builder.js'
import { openDatabase } from './open.js'

type Cell = number | null
type RowOfCells = Record<'a' | 'b' | 'c', Cell>
/** true, false, or unknown */
type Truth = boolean | null
type Column = keyof RowOfCells

type Condition = { readonly or: boolean } & (
  | { readonly kind: 'compare'; readonly column: Column; readonly operator: string; readonly value: Cell }
  | { readonly kind: 'column'; readonly column: Column; readonly operator: string; readonly other: Column }
  | { readonly kind: 'null'; readonly column: Column; readonly not: boolean }
  | { readonly kind: 'in'; readonly column: Column; readonly values: readonly Cell[]; readonly not: boolean }
  | {
      readonly kind: 'between'
      readonly column: Column
      readonly low: number
      readonly high: number
      readonly not: boolean
    }
  | { readonly kind: 'raw'; readonly column: Column; readonly low: number; readonly high: number }
  | { readonly kind: 'nest'; readonly conditions: readonly Condition[]; readonly not: boolean }
)

const column = fc.constantFrom<Column>('a', 'b', 'c')
const number = fc.integer({ min: 0, max: 3 })
const cell = fc.option(number, { nil: null, freq: 4 })
const row: fc.Arbitrary<RowOfCells> = fc.record({ a: cell, b: cell, c: cell })
const or = fc.boolean()
const not = fc.boolean()

const { condition } = fc.letrec<{ condition: Condition; leaf: Condition; nest: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 4, depthSize: 'medium' }, tie('leaf'), tie('nest')),
  leaf: fc.oneof(
    fc.record({
      or,
      kind: fc.constant('compare'),
      column,
      operator: fc.constantFrom('=', '!=', '<>', '<', '<=', '>', '>='),
      value: number,
    }),
    fc.record({
      or,
      kind: fc.constant('compare'),
      column,
      operator: fc.constantFrom('=', '!=', 'is', 'is not'),
      value: fc.constant(null),
    }),
    fc.record({
      or,
      kind: fc.constant('column'),
      column,
      operator: fc.constantFrom('=', '<', '>='),
      other: column,
    }),
    fc.record({ or, kind: fc.constant('null'), column, not }),
    fc.record({ or, kind: fc.constant('in'), column, values: fc.array(cell, { maxLength: 3 }), not }),
    fc.record({ or, kind: fc.constant('between'), column, low: number, high: number, not }),
    fc.record({ or, kind: fc.constant('raw'), column, low: number, high: number }),
  ),
  nest: fc.record({
    or,
    kind: fc.constant('nest'),
    conditions: fc.array(tie('condition'), { maxLength: 4 }),
    not,
  }),
}))

function describe(query: ConditionBuilder, conditions: readonly Condition[]): void {
  for (const it of conditions) addTo(query, it)
}

// oxlint-disable-next-line consistent-return -- the switch is exhaustive
function addTo(query: ConditionBuilder, it: Condition): unknown {
  switch (it.kind) {
    case 'compare':
      return it.or
        ? query.orWhere(it.column, it.operator, it.value)
        : query.where(it.column, it.operator, it.value)
    case 'column':
      return it.or
        ? query.orWhereColumn(it.column, it.operator, it.other)
        : query.whereColumn(it.column, it.operator, it.other)
    case 'null':
      if (it.not) return it.or ? query.orWhereNotNull(it.column) : query.whereNotNull(it.column)
      return it.or ? query.orWhereNull(it.column) : query.whereNull(it.column)
    case 'in':
      if (it.not)
        return it.or ? query.orWhereNotIn(it.column, it.values) : query.whereNotIn(it.column, it.values)
      return it.or ? query.orWhereIn(it.column, it.values) : query.whereIn(it.column, it.values)
    case 'between': {
      const ends = [it.low, it.high]
      if (it.not)
        return it.or ? query.orWhereNotBetween(it.column, ends) : query.whereNotBetween(it.column, ends)
      return it.or ? query.orWhereBetween(it.column, ends) : query.whereBetween(it.column, ends)
    }
    case 'raw': {
      const sql = `${it.column} = ? or ${it.column} = ?`
      return it.or ? query.orWhereRaw(sql, [it.low, it.high]) : query.whereRaw(sql, [it.low, it.high])
    }
    case 'nest': {
      const nested = (inner: ConditionBuilder) => describe(inner, it.conditions)
      if (it.not) return it.or ? query.orWhereNot(nested) : query.whereNot(nested)
      return it.or ? query.orWhere(nested) : query.where(nested)
    }
  }
}

const negate = (truth: Truth): Truth => (truth === null ? null : !truth)
const both = (x: Truth, y: Truth): Truth =>
  x === false || y === false ? false : x === null || y === null ? null : true
const either = (x: Truth, y: Truth): Truth => negate(both(negate(x), negate(y)))

function compare(left: Cell, operator: string, right: Cell): Truth {
  if (operator === 'is') return left === right
  if (operator === 'is not') return left !== right
  if (left === null || right === null) return null
  switch (operator) {
    case '=':
      return left === right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      return left !== right
  }
}

// oxlint-disable-next-line consistent-return -- the switch is exhaustive
function truthOf(it: Condition, cells: RowOfCells): Truth | undefined {
  if (it.kind === 'nest') {
    const truth = truthOfAll(it.conditions, cells)
    return it.not && truth !== undefined ? negate(truth) : truth
  }
  const left = cells[it.column]
  switch (it.kind) {
    case 'compare':
      // With null, "=" means "is null".
      if (it.value !== null) return compare(left, it.operator, it.value)
      return (left === null) === (it.operator === '=' || it.operator === 'is')
    case 'column':
      return compare(left, it.operator, cells[it.other])
    case 'null':
      return (left === null) !== it.not
    case 'in': {
      const truth = it.values.map((value) => compare(left, '=', value)).reduce(either, false)
      return it.not ? negate(truth) : truth
    }
    case 'between': {
      const truth = both(compare(left, '>=', it.low), compare(left, '<=', it.high))
      return it.not ? negate(truth) : truth
    }
    case 'raw':
      return either(compare(left, '=', it.low), compare(left, '=', it.high))
  }
}

/** Undefined where there is no condition at all. "and" binds tighter than "or". */
function truthOfAll(conditions: readonly Condition[], cells: RowOfCells): Truth | undefined {
  const groups: Truth[] = []
  for (const it of conditions) {
    const truth = truthOf(it, cells)
    if (truth === undefined) continue
    if (it.or || groups.length === 0) groups.push(truth)
    else groups.push(both(groups.pop() ?? null, truth))
  }
  return groups.length === 0 ? undefined : groups.reduce(either)
}

const isMet = (truth: Truth | undefined) => truth === true || truth === undefined

test('conditions nested in any way choose the rows that they mean', async () => {
  const { db } = await openDatabase()
  await db.exec('create table t (id integer primary key, a integer, b integer, c integer)')

  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.array(condition, { maxLength: 5 }),
      async (rows, conditions) => {
        await db.table('t').delete()
        await db.table('t').insert(rows.map((cells, id) => ({ id, ...cells })))
        const query = db.table('t')
        describe(query, conditions)

        const found = await query.orderBy('id').pluck('id')

        const isFound = (cells: RowOfCells) => isMet(truthOfAll(conditions, cells))
        expect(found).toEqual(rows.flatMap((cells, id) => (isFound(cells) ? [id] : [])))
      },
    ),
    { numRuns: 300 },
  )
})

test.each([
  [
    'where of undefined',
    (q: ConditionBuilder) => q.where('a', undefined as never),
    'TM_UNDEFINED_VALUE',
    /where\("a"\) was given undefined/,
  ],
  [
    'where with an operator, of undefined',
    (q: ConditionBuilder) => q.where('a', '=', undefined as never),
    'TM_UNDEFINED_VALUE',
    /where\("a"\)/,
  ],
  [
    'undefined in an object',
    (q: ConditionBuilder) => q.where({ a: 1, b: undefined as never }),
    'TM_UNDEFINED_VALUE',
    /where\("b"\)/,
  ],
  [
    'undefined in a list',
    (q: ConditionBuilder) => q.whereIn('a', [1, undefined as never]),
    'TM_UNDEFINED_VALUE',
    /whereIn\("a"\)/,
  ],
  [
    'undefined in a range',
    (q: ConditionBuilder) => q.whereBetween('a', [1, undefined as never]),
    'TM_QUERY_MISUSE',
    /whereBetween\("a"\).*undefined/,
  ],
  [
    'undefined in raw bindings',
    (q: ConditionBuilder) => q.whereRaw('a = ?', [undefined as never]),
    'TM_UNDEFINED_VALUE',
    /Binding 1/,
  ],
  [
    'a range of three',
    (q: ConditionBuilder) => q.whereBetween('a', [1, 2, 3]),
    'TM_QUERY_MISUSE',
    /was given 3 values/,
  ],
  [
    'raw SQL with too few bindings',
    (q: ConditionBuilder) => q.whereRaw('a = ?'),
    'TM_BINDING_COUNT',
    /1 placeholder and was given 0 bindings/,
  ],
  [
    'an unknown operator',
    (q: ConditionBuilder) => q.where('a', 'lik', 'x'),
    'TM_UNKNOWN_OPERATOR',
    /"lik" is no operator. Did you mean "like"\? Allowed are: =, !=, /,
  ],
  [
    'an order compared with null',
    (q: ConditionBuilder) => q.where('a', '>', null),
    'TM_QUERY_MISUSE',
    /compares with null by ">"/,
  ],
  [
    'an array as a value',
    (q: ConditionBuilder) => q.where('a', [1, 2] as never),
    'TM_INVALID_VALUE',
    /given an array/,
  ],
  [
    'a column alone',
    (q: ConditionBuilder) => q.where(...(['a'] as unknown as ['a', 1])),
    'TM_QUERY_MISUSE',
    /no condition/,
  ],
  [
    'a column that is undefined',
    (q: ConditionBuilder) => q.where(undefined as never, 1),
    'TM_QUERY_MISUSE',
    /column was given as undefined/,
  ],
  [
    'a column without a name',
    (q: ConditionBuilder) => q.whereNull(''),
    'TM_QUERY_MISUSE',
    /column was given as an empty string/,
  ],
  ['an empty object', (q: ConditionBuilder) => q.where({}), 'TM_QUERY_MISUSE', /no condition/],
  ['an empty list', (q: ConditionBuilder) => q.where([]), 'TM_QUERY_MISUSE', /no condition/],
  ['an async callback', (q: ConditionBuilder) => q.where(async () => undefined), 'TM_QUERY_MISUSE', /async/],
])('refuses %s', async (_title, misuse, code, message) => {
  const { db } = await openDatabase()

  expect(() => misuse(db.table('t'))).toThrowError(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
})
