// Random tables as other tools write them, with all that can hang on a table, and random changes to them. What a table
// is made of is kept beside its SQL, so that a test knows by itself what must be there afterwards.

import * as fc from 'fast-check'
import type { Describe } from './workbench.js'

export interface RandomColumn {
  readonly name: string
  /** All after the name. */
  readonly definition: string
}

export interface RandomTable {
  readonly name: string
  readonly hasRowid: boolean
  readonly hasCounter: boolean
  readonly columns: readonly RandomColumn[]
  /** The table, its rows, and all that is around it. */
  readonly sql: string
}

const tableNames = ['users', 'Order', 'a "b" c', "it's", '[x]', '`y`', 'ta ble', '🎬', 'group', 'main']
const columnNames = ['name', 'Select', 'a b', 'x"y', "o'clock", '€', 'count', 'rowid', 'key', 'c1', 'c2']

const quotings = [
  (name: string): string => `"${name.replaceAll('"', '""')}"`,
  (name: string): string => `\`${name.replaceAll('`', '``')}\``,
  (name: string): string => (name.includes(']') ? `"${name.replaceAll('"', '""')}"` : `[${name}]`),
  (name: string): string =>
    /^[a-z]\w*$/.test(name) && !/^(?:group|key)$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`,
]

const definitions = [
  '',
  'int',
  'TEXT COLLATE nocase',
  "varchar(255) NOT NULL DEFAULT 'it''s, \"so\" (1)'",
  'numeric(8, 2) constraint d default -1.5',
  "text default ('a' || 'b') /* made */",
  'integer null default null',
  "char check (1 in (1, 2)) default 'x'",
  'blob unique on conflict ignore',
  'double precision default +1',
]

const values = ['null', '1', "'text'", "'it''s'", "x'00ff'", '1.5', '9007199254740993', "''", "'🎬'"]
const spaces = [' ', '\n  ', ' /* , ( */ ', ' -- note, "with" (signs\n  ']

export const randomTable: fc.Arbitrary<RandomTable> = fc
  .record({
    name: fc.constantFrom(...tableNames),
    quote: fc.constantFrom(...quotings),
    space: fc.constantFrom(...spaces),
    key: fc.constantFrom('none', 'integer', 'counter', 'descending', 'text', 'composite', 'without rowid'),
    columns: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...columnNames), definition: fc.constantFrom(...definitions) }),
      { selector: ({ name }) => name, minLength: 2, maxLength: 5 },
    ),
    rows: fc.array(fc.array(fc.constantFrom(...values), { minLength: 5, maxLength: 5 }), { maxLength: 6 }),
    around: fc.record({
      index: fc.boolean(),
      partial: fc.boolean(),
      expression: fc.boolean(),
      trigger: fc.boolean(),
      view: fc.boolean(),
      child: fc.boolean(),
      parent: fc.boolean(),
      check: fc.boolean(),
      generated: fc.boolean(),
      temporary: fc.boolean(),
      analyze: fc.boolean(),
      deleteLast: fc.boolean(),
    }),
  })
  .map(writeTable)

interface Draft {
  readonly name: string
  readonly quote: (name: string) => string
  readonly space: string
  readonly key: string
  readonly columns: readonly { readonly name: string; readonly definition: string }[]
  readonly rows: readonly (readonly string[])[]
  readonly around: Readonly<Record<string, boolean>>
}

/** `id` is the key, `used` the column that indexes, views and triggers mention. */
function writeTable({ name, quote, space, key, columns, rows, around }: Draft): RandomTable {
  const table = quote(name)
  const definitions = [
    `id ${{ none: 'int', integer: 'INTEGER PRIMARY KEY', counter: 'integer primary key autoincrement', descending: 'integer primary key desc', text: 'text primary key', composite: 'int', 'without rowid': 'text primary key' }[key] ?? ''}`,
    'used text collate nocase',
    ...(around['parent'] === true && key !== 'none' && key !== 'composite'
      ? [`parent references ${table} (id) on delete cascade`]
      : []),
    ...(around['generated'] === true ? ['made int generated always as (length(used)) stored'] : []),
    ...columns.map((column) => `${quote(column.name)} ${column.definition}`),
    ...(key === 'composite' ? ['primary key (id, used)'] : []),
    ...(around['check'] === true ? ["constraint used_set check (used <> 'never')"] : []),
  ]
  const tail = key === 'without rowid' ? ') without rowid' : ')'
  const keys = rows.map((_, index) =>
    key === 'text' || key === 'without rowid' ? `'k${index}'` : `${index * 3 + 1}`,
  )
  // Rowids with gaps, so that rows which were numbered anew are seen.
  const rowid = ['none', 'composite', 'text', 'descending'].includes(key) ? ['_rowid_'] : []
  const into = [...rowid, 'id', 'used', ...columns.map((column) => quote(column.name))].join(', ')
  const statements = [
    `create table ${table} (${definitions.join(`,${space}`)}\n${tail}`,
    ...rows.map((row, index) => {
      const cells = columns.map((column, at) =>
        column.definition.includes('NOT NULL') ? `'n'` : (row[at] ?? 'null'),
      )
      const place = rowid.map(() => String(50 - index * 7))
      return `insert or ignore into ${table} (${into}) values (${[...place, keys[index], `'u${index}'`, ...cells].join(', ')})`
    }),
    ...(around['deleteLast'] === true ? [`delete from ${table} where id = ${keys.at(-1) ?? '0'}`] : []),
    ...surroundings(table, around, key !== 'none' && key !== 'composite'),
  ]
  return {
    name,
    hasRowid: key !== 'without rowid',
    hasCounter: key === 'counter',
    columns,
    sql: statements.join(';\n') + ';',
  }
}

function surroundings(table: string, around: Draft['around'], isParent: boolean): readonly string[] {
  const wanted: readonly (readonly [string, string])[] = [
    ['index', `create unique index by_used on ${table} (used desc, id)`],
    ['partial', `create index some on ${table} (used collate binary) where used > 'u1'`],
    ['expression', `create index lowered on ${table} (lower(used), id)`],
    ['trigger', 'create table log (what text)'],
    ['trigger', `create trigger noted after update on ${table} begin insert into log values (new.used); end`],
    ['trigger', `create trigger back after delete on log begin update ${table} set used = used || '.'; end`],
    ['view', `create view seen as select used, count(*) as n from ${table} group by 1`],
    ['temporary', `create temp trigger passing after delete on ${table} begin select 1; end`],
    ['temporary', `create temp view passing_view as select used from ${table}`],
    ...(isParent
      ? ([
          ['child', `create table child (of references ${table} (id) on delete cascade on update cascade)`],
          ['child', `create table orphan (of references ${table} (id) on delete set null)`],
          ['child', `insert into child select id from ${table}`],
          ['child', `insert into orphan select id from ${table}`],
        ] as const)
      : []),
    ['analyze', 'analyze'],
  ]
  return wanted.filter(([name]) => around[name] === true).map(([, sql]) => sql)
}

/** Changes, a blueprint each, and what all of them together do to the columns, by the names that those had at first. */
export interface RandomChanges {
  readonly blueprints: readonly Describe[]
  readonly renamed: ReadonlyMap<string, string>
  readonly dropped: ReadonlySet<string>
  /** Columns whose type is another now. */
  readonly retyped: ReadonlySet<string>
}

const kinds = [
  'add',
  'addMoment',
  'retype',
  'nullable',
  'default',
  'drop',
  'rename',
  'key',
  'check',
  'index',
  'retypeAndRename',
  'replace',
] as const
type Kind = (typeof kinds)[number]

/** A few blueprints, each with a change to some columns: the first kind is for the first column, and so on. */
export function randomChanges(table: RandomTable): fc.Arbitrary<RandomChanges> {
  const blueprint = fc.array(fc.constantFrom(...kinds, undefined), { minLength: 1, maxLength: 5 })
  return fc.array(blueprint, { minLength: 1, maxLength: 3 }).map((wanted) => writeChanges(table, wanted))
}

function writeChanges(table: RandomTable, wanted: readonly (readonly (Kind | undefined)[])[]): RandomChanges {
  const names = new Map(table.columns.map(({ name }) => [name, name]))
  const changes = { renamed: names, dropped: new Set<string>(), retyped: new Set<string>() }
  const blueprints = wanted.map((kindsOfOne, round) => {
    // A key or index that an earlier blueprint has put on a column goes with it, as long as it is over it alone.
    const steps = table.columns.flatMap(({ name }, at) =>
      writeStep(changes, kindsOfOne[at], name, `${round}_${at}`),
    )
    return (blueprint: Parameters<Describe>[0]): void => steps.forEach((step) => step(blueprint))
  })
  return { blueprints, ...changes }
}

/** What one kind of change does to the column that was called `original` at first, and notes of it. */
function writeStep(
  { renamed, dropped, retyped }: { renamed: Map<string, string>; dropped: Set<string>; retyped: Set<string> },
  kind: Kind | undefined,
  original: string,
  mark: string,
): readonly Describe[] {
  if (kind === 'add') return [(table) => table.string(`added_${mark}`).nullable().default('new')]
  if (kind === 'addMoment') return [(table) => table.timestamp(`added_${mark}`).useCurrent()]
  if (kind === 'check') return [(table) => table.check(`check_${mark}`, 'used is not 1')]
  const name = renamed.get(original) ?? original
  if (kind === undefined || dropped.has(original)) return []
  if (kind === 'key') return [(table) => table.foreign(name, `key_${mark}`).references('of').on('elsewhere')]
  if (kind === 'index') return [(table) => table.index(name, `index_${mark}`)]
  if (kind === 'drop') {
    dropped.add(original)
    return [(table) => table.dropColumn(name)]
  }
  if (kind === 'rename') {
    renamed.set(original, `renamed ${mark}`)
    return [(table) => table.renameColumn(name, `renamed ${mark}`)]
  }
  if (kind === 'replace') {
    dropped.add(original)
    return [(table) => table.dropColumn(name), (table) => table.integer(name).default(7)]
  }
  retyped.add(original)
  if (kind === 'retypeAndRename') {
    renamed.set(original, `renamed ${mark}`)
    return [(table) => table.binary(name).change(), (table) => table.renameColumn(name, `renamed ${mark}`)]
  }
  if (kind === 'nullable') return [(table) => table.binary(name).nullable().change()]
  if (kind === 'default') return [(table) => table.binary(name).default('x').change()]
  return [(table) => table.binary(name).change()]
}
