import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { Session } from '../../../src/dialects/dialect.js'
import type { CreateTableSource } from '../../../src/dialects/sqlite/create-table/create-table.js'
import { parseCreateTable } from '../../../src/dialects/sqlite/create-table/parse-create-table.js'
import { printCreateTable } from '../../../src/dialects/sqlite/create-table/print-create-table.js'
import { test } from '../../helpers/sqlite-file.js'

function parsed(sql: string): CreateTableSource {
  const source = parseCreateTable(sql)
  expect(source, sql).toBeDefined()
  return source ?? expect.unreachable()
}

const meaningsOf = (column: string) => parsed(`CREATE TABLE t (${column})`).columns[0]?.constraints

describe('parseCreateTable', () => {
  test('takes a statement apart and leaves nothing out', () => {
    const source = parsed(`CREATE TABLE "my ""t""" ( -- head
  id integer PRIMARY KEY, -- the key
  [first name] varchar ( 255 ) NOT NULL /* c */,
  CHECK (id > 0) -- last
) STRICT`)

    expect(source).toMatchObject({
      head: 'CREATE TABLE ',
      name: 'my "t"',
      nameText: '"my ""t"""',
      beforeBody: ' ',
      beforeClose: ' -- last\n',
      tail: ' STRICT',
      isStrict: true,
      isWithoutRowid: false,
    })
    expect(source.columns).toMatchObject([
      {
        leading: ' -- head\n  ',
        name: 'id',
        typeText: ' integer',
        type: 'integer',
        afterComma: ' -- the key',
      },
      { name: 'first name', nameText: '[first name]', type: 'varchar ( 255 )', beforeComma: ' /* c */' },
    ])
    expect(source.constraints).toMatchObject([{ kind: 'check', expression: 'id > 0', isJoined: false }])
  })

  test.each([
    ['a integer primary key desc on conflict abort autoincrement', { autoincrement: true, descending: true }],
    ['a integer constraint "the pk" primary key', { constraintName: 'the pk', autoincrement: false }],
    ['a not null on conflict replace', { kind: 'notNull' }],
    ['a null', { kind: 'null' }],
    ['a unique on conflict ignore', { kind: 'unique' }],
    ['a check ( /* x */ a in (1, (2)) -- y\n )', { kind: 'check', expression: 'a in (1, (2))' }],
    ['a default -1.5', { kind: 'default', expression: '-1.5' }],
    ["a default 'it''s, (ok)'", { kind: 'default', expression: "'it''s, (ok)'" }],
    ["a default x'00'", { kind: 'default', expression: "x'00'" }],
    ['a default (abs(-1) + 1)', { kind: 'default', expression: '(abs(-1) + 1)' }],
    ['a default current_timestamp', { kind: 'default', expression: 'current_timestamp' }],
    ['a collate "nocase"', { kind: 'collate', collation: 'nocase' }],
    ['a int generated always as (b || c) stored', { kind: 'generated', expression: 'b || c', stored: true }],
    ['a as (1)', { kind: 'generated', expression: '1', stored: false }],
    ['a as (1) virtual', { kind: 'generated', expression: '1', stored: false }],
  ])('reads the constraint of %s', (column, meaning) => {
    expect(meaningsOf(column)).toMatchObject([meaning])
  })

  test.each([
    ['references p', [], false, false],
    ['references p (x collate nocase, "y" desc)', ['x', 'y'], false, false],
    ['references p on delete set null on update no action match full deferrable', [], true, false],
    ['references p (x) on delete cascade deferrable initially deferred', ['x'], true, true],
    ['references p not deferrable initially deferred', [], false, false],
  ])('reads %s', (text, columns, deferrable, initiallyDeferred) => {
    expect(meaningsOf(`a ${text}`)).toMatchObject([
      { kind: 'references', references: { table: 'p', columns, deferrable, initiallyDeferred } },
    ])
  })

  test('gives a DEFERRABLE that stands apart to the REFERENCES before it', () => {
    expect(meaningsOf('a references p not null deferrable initially deferred')).toMatchObject([
      { kind: 'references', references: { deferrable: true, initiallyDeferred: true } },
      { kind: 'notNull' },
      { kind: 'other' },
    ])
  })

  test.each([
    ['a', ''],
    ['a unsigned big int', 'unsigned big int'],
    ['a decimal(10, -5) not null', 'decimal(10, -5)'],
    [`a "my type" 'x'`, `"my type" 'x'`],
    ['a int generated always as (1)', 'int'],
    ['a generated default 1', 'generated'],
  ])('reads the type of %s', (column, type) => {
    expect(parsed(`CREATE TABLE t (${column})`).columns[0]?.type).toBe(type)
  })

  test.for(['key', 'generated', "'text'", '`tick`', '[br "ack]', '"check"', 'rowid', '名前'])(
    'takes %s for the name of a column',
    async (name, { open }) => {
      const session = await open()
      await session.execute(`CREATE TABLE t (${name} text)`)
      const [column] = await session.query("SELECT name FROM pragma_table_info('t')")

      expect(parsed(`CREATE TABLE t (${name} text)`).columns[0]?.name).toBe(column?.['name'])
    },
  )

  test('takes constraints that no comma separates', () => {
    const source = parsed(
      'CREATE TABLE t (a, b, primary key (a autoincrement) unique (b) constraint x check (a) )',
    )

    expect(source.constraints).toMatchObject([
      { kind: 'primaryKey', columns: ['a'], autoincrement: true, isJoined: false },
      { kind: 'unique', columns: ['b'], isJoined: true },
      { kind: 'check', constraintName: 'x', isJoined: true },
    ])
  })

  test('reads a foreign key of several columns', () => {
    const [key] = parsed(
      'CREATE TABLE t (a, b, constraint fk foreign key (a, "b") references p (x, y))',
    ).constraints

    expect(key).toMatchObject({
      kind: 'foreignKey',
      constraintName: 'fk',
      columns: ['a', 'b'],
      references: { table: 'p', columns: ['x', 'y'] },
    })
  })

  test('passes over TEMP, IF NOT EXISTS and the schema', () => {
    expect(parsed('create temp table if not exists "temp" . [t] (a)')).toMatchObject({
      head: 'create temp table if not exists "temp" . ',
      name: 't',
    })
  })

  test.each([
    'CREATE VIRTUAL TABLE t USING fts5(a)',
    'CREATE TABLE t AS SELECT 1',
    'CREATE INDEX i ON t (a)',
    'CREATE TABLE t (a',
    '',
  ])('finds no table with columns in %j', (sql) => {
    expect(parseCreateTable(sql)).toBeUndefined()
  })
})

describe('printCreateTable', () => {
  test('gives the table another name', () => {
    const source = parsed('CREATE TABLE [old] (a) STRICT')

    expect(printCreateTable(source, { name: 'the "new"' })).toBe('CREATE TABLE "the ""new""" (a) STRICT')
  })

  test('ends the line of a comment that would swallow what follows', () => {
    const source = parsed('CREATE TABLE t (a, -- about a\n b)')

    expect(printCreateTable({ ...source, columns: source.columns.slice(0, 1) })).toBe(
      'CREATE TABLE t (a -- about a\n)',
    )
  })

  test('puts a comma before a joined constraint that now follows a column', () => {
    const source = parsed('CREATE TABLE t (a, check (a) unique (a))')

    expect(printCreateTable({ ...source, constraints: source.constraints.slice(1) })).toBe(
      'CREATE TABLE t (a, unique (a))',
    )
  })
})

/** Statements that SQLite accepts, and some that it refuses. */
const statements = (() => {
  const space = fc.constantFrom(' ', '\n  ', ' /* a, (b */ ', ' -- c, "d\n ', '\r\n\t')
  const words = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)), space)
      .map((texts) =>
        texts
          .slice(0, -1)
          .filter((text) => text !== '')
          .join(texts.at(-1)),
      )
  const maybe = (text: fc.Arbitrary<string>) => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, text)
  const expression = fc.constantFrom(
    '1',
    "'a)'",
    '(1 + 2)',
    "x'ff'",
    '"c0"',
    'c0 > (1)',
    "case when 1 then ')' end",
  )
  const conflict = maybe(fc.constantFrom('on conflict abort', 'ON CONFLICT replace'))
  const name = maybe(
    fc.constantFrom('constraint k', 'CONSTRAINT "my k"', "constraint 'x'", 'constraint a constraint b'),
  )
  const action = maybe(
    fc.constantFrom('on delete cascade', 'on update set null', 'ON DELETE no action match full'),
  )
  const deferral = maybe(fc.constantFrom('deferrable', 'not deferrable', 'deferrable initially deferred'))
  const references = words(
    'references',
    fc.constantFrom('p', '"p"(id)', '[p] (id)'),
    action,
    action,
    deferral,
  )
  const columnConstraint = words(
    name,
    fc.oneof(
      words('not null', conflict),
      fc.constant('null'),
      words('unique', conflict),
      expression.map((text) => `check (${text})`),
      fc.constantFrom(
        "default 'x'",
        'default -1',
        'default (1 + (2))',
        'default null',
        'default current_date',
      ),
      fc.constantFrom('collate nocase', 'COLLATE "binary"'),
      references,
    ),
  )
  const type = fc.constantFrom(
    '',
    'integer',
    'varchar(255)',
    'decimal ( 10 , 2 )',
    '"my type"',
    'double precision',
  )
  const quote = (text: string) => fc.constantFrom(text, `"${text}"`, `[${text}]`, `\`${text}\``, `'${text}'`)
  const column = (index: number) =>
    words(quote(`c${index}`), type, maybe(columnConstraint), maybe(columnConstraint))
  const columns = fc
    .integer({ min: 1, max: 4 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => column(i))))
  const generated = words(
    'g',
    fc.constantFrom('as', 'int generated always as'),
    '(c0)',
    fc.constantFrom('', 'stored', 'virtual'),
  )
  const constraint = words(
    name,
    fc.oneof(
      words('primary key', fc.constantFrom('(c0)', '("c0" desc)', '([c0] collate nocase)'), conflict),
      words('unique', fc.constantFrom('(c0)', '(`c0` asc)'), conflict),
      words(
        expression.map((text) => `check (${text})`),
        conflict,
      ),
      words('foreign key', '(c0)', references),
    ),
  )
  const options = fc.constantFrom('', 'strict', 'without rowid', 'STRICT, WITHOUT ROWID', '-- end')
  return fc
    .record({
      columns,
      generated: maybe(generated),
      constraints: fc.array(constraint, { maxLength: 3 }),
      separator: fc.constantFrom(', ', ' , -- s\n', ' '),
      comma: fc.constantFrom(',', ' ,\n', ', -- about it\n', ' /* x */,'),
      options,
      space,
    })
    .map((part) => {
      const items = [...part.columns, ...(part.generated === '' ? [] : [part.generated])].join(part.comma)
      const constraints = part.constraints.join(part.separator)
      return `CREATE TABLE "t"${part.space}(${part.space}${items}${constraints === '' ? '' : `${part.comma}${constraints}`}${part.space})${part.options}`
    })
})()

describe('on what SQLite accepts', () => {
  test('prints what it parsed, and reads what the pragmas say', async ({ open }) => {
    const session = await open({ foreignKeys: false })
    await session.execute('CREATE TABLE p (id integer primary key)')
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(statements, async (sql) => {
        if (!(await isAccepted(session, sql))) return
        accepted += 1
        const source = parsed(sql)

        expect(printCreateTable(source)).toBe(sql)
        expect(factsOf(source)).toEqual(await pragmaFacts(session))
      }),
      { numRuns: 1000 },
    )
    expect(accepted).toBeGreaterThan(300)
  })
})

async function isAccepted(session: Session, sql: string): Promise<boolean> {
  await session.execute('DROP TABLE IF EXISTS t')
  return await session.execute(sql).then(
    () => true,
    () => false,
  )
}

/** What a parse says, in the words of the pragmas. */
function factsOf(source: CreateTableSource) {
  const own = source.columns.flatMap((column) => column.constraints)
  const keys = [...own, ...source.constraints].flatMap((constraint) => {
    if (constraint.kind === 'references') return [constraint.references]
    return constraint.kind === 'foreignKey' ? [constraint.references] : []
  })
  return {
    columns: source.columns.map((column) => ({
      name: column.name,
      type: column.type.replace(/^"(.*)"$/, '$1').toLowerCase(),
      default: column.constraints
        .filter((constraint) => constraint.kind === 'default')
        .map(({ expression }) => expression.replace(/^\((.*)\)$/s, '$1'))
        .at(-1),
      generated: column.constraints.some(({ kind }) => kind === 'generated'),
    })),
    foreignKeys: keys.map(({ table, columns }) => ({ table, to: columns[0] })).toReversed(),
    isStrict: source.isStrict,
    isWithoutRowid: source.isWithoutRowid,
  }
}

async function pragmaFacts(session: Session) {
  const columns = await session.query("SELECT * FROM pragma_table_xinfo('t')")
  const keys = await session.query("SELECT * FROM pragma_foreign_key_list('t')")
  const [listed] = await session.query("SELECT wr, strict FROM pragma_table_list('t')")
  return {
    columns: columns.map((column) => ({
      name: column['name'],
      type: String(column['type']).toLowerCase(),
      default: column['dflt_value'] ?? undefined,
      generated: column['hidden'] !== 0,
    })),
    foreignKeys: keys.map((key) => ({ table: key['table'], to: key['to'] ?? undefined })),
    isStrict: listed?.['strict'] === 1,
    isWithoutRowid: listed?.['wr'] === 1,
  }
}
