// Each row of the table of column types, with a value written and read back. The record is typed by the table: a type
// without an entry does not compile.

import { expect, inject, test } from 'vitest'
import { UnsupportedError } from '../../../src/dialects/errors.js'
import type { Written } from '../../../src/query/operands.js'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { ColumnTypeName } from '../../../src/schema/column-types.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { Expression } from '../../../src/schema/expression.js'
import { TidemarkError } from '../../../src/support/errors.js'
import { openSchema } from './open.js'

/** What a value is read as: the same on every database, but for those in `otherwise`. */
interface TypeSample {
  readonly add: (table: Blueprint) => void
  /** What is written into the column `c`. */
  readonly write: Written
  readonly read: unknown
  /** What the value is read as elsewhere; may be a function of the server's version. */
  readonly otherwise: Partial<Readonly<Record<DialectName, unknown>>>
}

const moment = new Date(Date.UTC(2025, 2, 5, 10, 20, 30))
/** The type is refused by name. */
const refused = Symbol('refused')
/** The type is of an extension or a version that this server has not. */
const unknownType = Symbol('unknown type')
const isMysql = inject('dialect') === 'mysql' || inject('dialect') === 'mariadb'

/** A value that is read as it was written, unless `read` says what else. */
const sample = (
  add: TypeSample['add'],
  write: Written,
  read: unknown = write,
  otherwise: TypeSample['otherwise'] = {},
): TypeSample => ({ add, write, read, otherwise })

const samples: Readonly<Record<ColumnTypeName, TypeSample>> = {
  char: sample((t) => t.char('c', 2), 'de'),
  string: sample((t) => t.string('c'), 'naïve ☂'),
  tinyText: sample((t) => t.tinyText('c'), ''),
  text: sample((t) => t.text('c'), "a\nb'c"),
  mediumText: sample((t) => t.mediumText('c'), '007'),
  longText: sample((t) => t.longText('c'), 'x'.repeat(70_000)),
  integer: sample((t) => t.integer('c'), -2_147_483_648),
  tinyInteger: sample((t) => t.tinyInteger('c'), 127),
  smallInteger: sample((t) => t.smallInteger('c'), -32_768),
  mediumInteger: sample((t) => t.mediumInteger('c'), 8_388_607),
  bigInteger: sample((t) => t.bigInteger('c'), 9_223_372_036_854_775_807n),
  float: sample((t) => t.float('c'), 0.5),
  double: sample((t) => t.double('c'), 1e-300),
  // SQLite keeps no zeros that nobody wrote.
  decimal: sample((t) => t.decimal('c', 10, 2), 12.25, '12.25'),
  boolean: sample((t) => t.boolean('c'), true),
  enum: sample((t) => t.enum('c', ['movie', 'episode']), 'episode'),
  set: sample((t) => t.set('c', ['a', 'b']), 'a,b', 'a,b', { sqlite: refused, postgres: refused }),
  json: sample((t) => t.json('c'), { a: [1, null] }, { a: [1, null] }, { sqlite: '{"a":[1,null]}' }),
  jsonb: sample((t) => t.jsonb('c'), '[true]', [true], { sqlite: '[true]' }),
  date: sample((t) => t.date('c'), '2025-03-05'),
  dateTime: sample((t) => t.dateTime('c'), moment),
  dateTimeTz: sample((t) => t.dateTimeTz('c'), moment),
  time: sample((t) => t.time('c'), '10:20:30'),
  // A time of MySQL has no zone.
  timeTz: sample((t) => t.timeTz('c'), isMysql ? '10:20:30' : '10:20:30+02'),
  timestamp: sample((t) => t.timestamp('c'), moment),
  timestampTz: sample((t) => t.timestampTz('c'), moment),
  year: sample((t) => t.year('c'), 2025),
  binary: sample((t) => t.binary('c'), Buffer.from([0, 255, 10])),
  uuid: sample((t) => t.uuid('c'), '01956a3e-0f3c-7cc3-a4c5-0123456789ab'),
  ulid: sample((t) => t.ulid('c'), '01ARZ3NDEKTSV4RRFFQ69G5FAV'),
  ipAddress: sample((t) => t.ipAddress('c'), '::1'),
  macAddress: sample((t) => t.macAddress('c'), '00:00:5e:00:53:af'),
  geometry: sample((t) => t.geometry('c'), shape('POINT(1 2)', 0), pointBytes(0, 1, 2), {
    sqlite: 'POINT(1 2)',
    postgres: unknownType,
  }),
  geography: sample((t) => t.geography('c', 'point'), shape('POINT(3 3)', 4326), pointBytes(4326, 3, 3), {
    sqlite: 'POINT(3 3)',
    postgres: unknownType,
  }),
  vector: sample((t) => t.vector('c', 3), vector('[1,2.5,-3]'), '[1,2.5,-3]', {
    sqlite: refused,
    postgres: unknownType,
    // To its protocol a vector is bytes like others.
    mariadb: (version: string) =>
      version.startsWith('10.') ? unknownType : Buffer.from(Float32Array.of(1, 2.5, -3).buffer),
  }),
  tsvector: sample((t) => t.tsvector('c'), 'a', refused, { postgres: "'a'" }),
  computed: sample((t) => t.computed('c', '1 + 1'), 2, refused),
  rawColumn: sample((t) => t.rawColumn('c', 'varchar(3)'), 'abc'),
}
test.each(Object.entries(samples))(
  'a column of type %s gives back what was written',
  async (_, { add, write, read, otherwise }) => {
    const { schema, db, dialect, session } = await openSchema()
    const own = otherwise[dialect.name] ?? read
    const expected = typeof own === 'function' ? own((await dialect.overview(session)).version) : own
    const created = schema.create('things', add)

    if (expected === refused) return await expect(created).rejects.toThrow(UnsupportedError)
    if (expected === unknownType) return await expect(created).rejects.toThrow(TidemarkError)
    await created
    await db.table('things').insert({ c: write })
    expect(await db.table('things').value('c')).toEqual(expected)
    // A statement with a binding is sent in another way, and answered in another form by some servers.
    const [row] = await db.select('select c from things where 1 = ?', [1])
    expect(row).toEqual({ c: expected })
  },
)

/** How a server is given a shape; on SQLite it is a text like any other. */
function shape(text: string, srid: number): Written {
  return isMysql ? new Expression(`st_geomfromtext('${text}', ${srid})`) : text
}

function vector(text: string): Written {
  return new Expression(`${inject('dialect') === 'mariadb' ? 'vec_fromtext' : 'string_to_vector'}('${text}')`)
}

/** A point as MySQL and MariaDB keep it: the reference system, then WKB. */
function pointBytes(srid: number, x: number, y: number): Buffer {
  const bytes = Buffer.alloc(25)
  bytes.writeUInt32LE(srid, 0)
  bytes.writeUInt8(1, 4)
  bytes.writeUInt32LE(1, 5)
  bytes.writeDoubleLE(x, 9)
  bytes.writeDoubleLE(y, 17)
  return bytes
}
