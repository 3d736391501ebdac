// The table of column types. A type is one row: its arguments, how each database spells it, and the kind of value it
// holds. The blueprint's methods are made out of these rows, so adding a type is adding a row; the compiler names a
// row that leaves a dialect out. Spellings follow Laravel 13, so that both tools make the same schema.

import type { DialectName } from './dialect-name.js'
import type { Column } from './operations.js'
import { parseTableName } from './table-name.js'

/** What a type was given in brackets. Which of them a type has is up to its row. */
export interface TypeAttributes {
  /** Characters or bytes; `null` leaves the length to the database. */
  readonly length?: number | null
  /** Digits of a second, or bits of a float; `null` leaves it to the database. */
  readonly precision?: number | null
  /** Digits of a decimal in all, and after the point. */
  readonly total?: number
  readonly places?: number
  /** The values of an enum or set. */
  readonly allowed?: readonly string[]
  /** PostgreSQL: the name of the enum type that the column is of, instead of a check. */
  readonly enumType?: string
  readonly isFixed?: boolean
  readonly subtype?: string
  readonly srid?: number
  readonly dimensions?: number
  /** A raw column's whole definition, or a computed column's expression. */
  readonly definition?: string
}

/** Settings of the schema builder that a type falls back to. */
export interface TypeDefaults {
  readonly stringLength: number | null
  readonly timePrecision: number | null
}

/** What a type's spelling may depend on beside its attributes. */
export type SpelledColumn = Pick<Column, 'name' | 'attributes' | 'autoIncrement' | 'identity'>

/** How a dialect writes a type: fixed, made from the column, or refused with a way round. */
export type Spelling = string | ((column: SpelledColumn) => string) | Refusal

export interface Refusal {
  readonly wayRound: string
}

/** The kind of value that the application sees. */
export type ValueKind = 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'json' | 'bytes' | 'unknown'

/** What a type's method says of the column beside its name. */
export type TypeArguments = Partial<Pick<Column, 'attributes' | 'autoIncrement' | 'unsigned'>>

export interface ColumnTypeRow<Args extends readonly unknown[] = never> {
  /** The arguments after the column's name, and what they say. */
  readonly arguments: (defaults: TypeDefaults, ...args: Args) => TypeArguments
  readonly sql: Readonly<Record<DialectName, Spelling>>
  readonly value: ValueKind
  /** The column's name where the user gives none. */
  readonly defaultName?: string
}

const none = (): TypeArguments => ({})
const integerArguments = (_: TypeDefaults, autoIncrement?: boolean, unsigned?: boolean): TypeArguments => ({
  ...(autoIncrement === undefined ? {} : { autoIncrement }),
  ...(unsigned === undefined ? {} : { unsigned }),
})
/** As in Laravel, null means what is left out. */
const precisionArguments = (defaults: TypeDefaults, precision?: number | null): TypeArguments => ({
  attributes: { precision: precision ?? defaults.timePrecision },
})
const lengthArguments = (defaults: TypeDefaults, length?: number | null): TypeArguments => ({
  attributes: { length: length ?? defaults.stringLength },
})
const allowedArguments = (_: TypeDefaults, allowed: readonly string[]): TypeArguments => ({
  attributes: { allowed },
})

const bracketed = (word: string, ...values: (number | string | null | undefined)[]): string => {
  const given = values.filter((value) => value !== null && value !== undefined)
  return given.length === 0 ? word : `${word}(${given.join(', ')})`
}
const withLength =
  (word: string): Spelling =>
  ({ attributes }) =>
    bracketed(word, attributes.length)
/** MySQL leaves a precision of 0 out; PostgreSQL writes it. */
const withPrecision =
  (word: string): Spelling =>
  ({ attributes }) =>
    bracketed(word, attributes.precision === 0 ? null : attributes.precision)
const postgresTime =
  (word: string, zone: 'with' | 'without'): Spelling =>
  ({ attributes }) =>
    `${bracketed(word, attributes.precision)} ${zone} time zone`
const serialOr =
  (serial: string, plain: string): Spelling =>
  (column) =>
    column.autoIncrement === true && column.identity === undefined ? serial : plain
const quotedList = (values: readonly string[] = []): string =>
  values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`
/** In MySQL's strings a backslash takes the next character with it, unless it is doubled. */
const mysqlList =
  (word: string): Spelling =>
  ({ attributes: { allowed = [] } }) =>
    `${word}(${allowed.map((value) => quotedList([value.replaceAll('\\', '\\\\')])).join(',')})`
/** MySQL needs a length; the builder's own where the migration leaves it to the database. */
const mysqlLength =
  (word: string): Spelling =>
  ({ attributes }) =>
    bracketed(word, attributes.length ?? 255)
const mysqlFloat: Spelling = ({ attributes }) => bracketed('float', attributes.precision || null)
const checkedList =
  (word: string) =>
  ({ name, attributes }: SpelledColumn): string =>
    `${word} check (${quotedName(name)} in (${quotedList(attributes.allowed)}))`
const checkedVarchar = checkedList('varchar(255)')
/** A check as in Laravel, or an enum type where `native()` asks for one. */
const postgresEnum = (column: SpelledColumn): string => {
  const { enumType } = column.attributes
  if (enumType === undefined) return checkedVarchar(column)
  const { schema, name } = parseTableName(enumType)
  return schema === undefined ? quotedName(name) : `${quotedName(schema)}.${quotedName(name)}`
}
const mysqlBinary: Spelling = ({ attributes }) =>
  attributes.length === undefined || attributes.length === null
    ? 'blob'
    : bracketed(attributes.isFixed === true ? 'binary' : 'varbinary', attributes.length)
const mysqlShapes: ReadonlySet<string | undefined> = new Set([
  'point',
  'linestring',
  'polygon',
  'geometrycollection',
  'multipoint',
  'multilinestring',
  'multipolygon',
])
/** A subtype that the servers do not know is any shape, as in Laravel. */
const mysqlGeometry =
  (srid: (srid: number) => string): Spelling =>
  ({ attributes }) => {
    const subtype = attributes.subtype?.toLowerCase()
    const shape = subtype !== undefined && mysqlShapes.has(subtype) ? subtype : 'geometry'
    return `${shape}${attributes.srid ? srid(attributes.srid) : ''}`
  }
const postgresGeometry =
  (word: string): Spelling =>
  ({ attributes }) =>
    attributes.subtype === undefined
      ? word
      : `${word}(${attributes.subtype.toLowerCase()}${attributes.srid ? `,${attributes.srid}` : ''})`
const definition: Spelling = ({ attributes }) => attributes.definition ?? ''
const only = (wayRound: string): Refusal => ({ wayRound })

function row<Args extends readonly unknown[]>(type: ColumnTypeRow<Args>): ColumnTypeRow<Args> {
  return type
}

/** A row whose column has a name where the user gives none. */
function named<Row>(defaultName: string, type: Row): Row & { readonly defaultName: string } {
  return { ...type, defaultName }
}

const dateTimeRow = row({
  arguments: precisionArguments,
  sql: {
    sqlite: 'datetime',
    postgres: postgresTime('timestamp', 'without'),
    mysql: withPrecision('datetime'),
    mariadb: withPrecision('datetime'),
  },
  value: 'date',
})
const timestampRow = row({
  ...dateTimeRow,
  sql: { ...dateTimeRow.sql, mysql: withPrecision('timestamp'), mariadb: withPrecision('timestamp') },
})
const zonedTimestamp = postgresTime('timestamp', 'with')

export const columnTypes = {
  /** Text of a fixed length in characters; `Schema.defaultStringLength` unless given. */
  char: row({
    arguments: lengthArguments,
    sql: {
      sqlite: 'varchar',
      postgres: withLength('char'),
      mysql: mysqlLength('char'),
      mariadb: mysqlLength('char'),
    },
    value: 'string',
  }),
  /** Text of up to `length` characters, 255 unless given. */
  string: row({
    arguments: lengthArguments,
    sql: {
      sqlite: 'varchar',
      postgres: withLength('varchar'),
      mysql: mysqlLength('varchar'),
      mariadb: mysqlLength('varchar'),
    },
    value: 'string',
  }),
  /** Text of up to 255 bytes on MySQL and MariaDB; PostgreSQL has `varchar(255)`, SQLite `text`. */
  tinyText: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'varchar(255)', mysql: 'tinytext', mariadb: 'tinytext' },
    value: 'string',
  }),
  /** Text; on MySQL and MariaDB up to 64 KiB. */
  text: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'text', mysql: 'text', mariadb: 'text' },
    value: 'string',
  }),
  /** Text; on MySQL and MariaDB up to 16 MiB. */
  mediumText: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'text', mysql: 'mediumtext', mariadb: 'mediumtext' },
    value: 'string',
  }),
  /** Text; on MySQL and MariaDB up to 4 GiB. */
  longText: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'text', mysql: 'longtext', mariadb: 'longtext' },
    value: 'string',
  }),
  /** An integer of 4 bytes. */
  integer: row({
    arguments: integerArguments,
    sql: { sqlite: 'integer', postgres: serialOr('serial', 'integer'), mysql: 'int', mariadb: 'int' },
    value: 'integer',
  }),
  /** An integer of 1 byte; PostgreSQL has 2. */
  tinyInteger: row({
    arguments: integerArguments,
    sql: {
      sqlite: 'integer',
      postgres: serialOr('smallserial', 'smallint'),
      mysql: 'tinyint',
      mariadb: 'tinyint',
    },
    value: 'integer',
  }),
  /** An integer of 2 bytes. */
  smallInteger: row({
    arguments: integerArguments,
    sql: {
      sqlite: 'integer',
      postgres: serialOr('smallserial', 'smallint'),
      mysql: 'smallint',
      mariadb: 'smallint',
    },
    value: 'integer',
  }),
  /** An integer of 3 bytes; PostgreSQL has 4. */
  mediumInteger: row({
    arguments: integerArguments,
    sql: {
      sqlite: 'integer',
      postgres: serialOr('serial', 'integer'),
      mysql: 'mediumint',
      mariadb: 'mediumint',
    },
    value: 'integer',
  }),
  /** An integer of 8 bytes. */
  bigInteger: row({
    arguments: integerArguments,
    sql: { sqlite: 'integer', postgres: serialOr('bigserial', 'bigint'), mysql: 'bigint', mariadb: 'bigint' },
    value: 'integer',
  }),
  /** A floating-point number; `precision` in bits, 53 unless given, picks its size. */
  float: row({
    arguments: (_: TypeDefaults, precision: number = 53) => ({ attributes: { precision } }),
    sql: {
      sqlite: 'float',
      postgres: ({ attributes }) => bracketed('float', attributes.precision),
      mysql: mysqlFloat,
      mariadb: mysqlFloat,
    },
    value: 'number',
  }),
  /** A floating-point number of double precision. */
  double: row({
    arguments: none,
    sql: { sqlite: 'double', postgres: 'double precision', mysql: 'double', mariadb: 'double' },
    value: 'number',
  }),
  /** An exact number of `total` digits, `places` of them after the point. */
  decimal: row({
    arguments: (_: TypeDefaults, total: number = 8, places: number = 2) => ({
      attributes: { total, places },
    }),
    sql: {
      sqlite: 'numeric',
      postgres: ({ attributes }) => bracketed('decimal', attributes.total, attributes.places),
      mysql: ({ attributes }) => bracketed('decimal', attributes.total, attributes.places),
      mariadb: ({ attributes }) => bracketed('decimal', attributes.total, attributes.places),
    },
    value: 'string',
  }),
  /** True or false. */
  boolean: row({
    arguments: none,
    sql: { sqlite: 'tinyint(1)', postgres: 'boolean', mysql: 'tinyint(1)', mariadb: 'tinyint(1)' },
    value: 'boolean',
  }),
  /** One of `allowed`: native on MySQL and MariaDB, and on PostgreSQL with `native()`; else a check constraint. */
  enum: row({
    arguments: allowedArguments,
    sql: {
      sqlite: checkedList('varchar'),
      postgres: postgresEnum,
      mysql: mysqlList('enum'),
      mariadb: mysqlList('enum'),
    },
    value: 'string',
  }),
  /** Any of `allowed`; MySQL and MariaDB only. */
  set: row({
    arguments: allowedArguments,
    sql: {
      sqlite: only('keep the list in a json column, or a row for each value in a table of its own'),
      postgres: only("use an array: table.rawColumn('tags', 'text[]')"),
      mysql: mysqlList('set'),
      mariadb: mysqlList('set'),
    },
    value: 'string',
  }),
  /** A JSON document; text on SQLite. */
  json: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'json', mysql: 'json', mariadb: 'json' },
    value: 'json',
  }),
  /** A JSON document in PostgreSQL's binary form; as `json` elsewhere. */
  jsonb: row({
    arguments: none,
    sql: { sqlite: 'text', postgres: 'jsonb', mysql: 'json', mariadb: 'json' },
    value: 'json',
  }),
  /** A day, without time or zone. */
  date: row({
    arguments: none,
    sql: { sqlite: 'date', postgres: 'date', mysql: 'date', mariadb: 'date' },
    value: 'string',
  }),
  /** Date and time; `precision` in digits of a second, 0 unless given. */
  dateTime: dateTimeRow,
  /** Date and time with a zone where the database has such. */
  dateTimeTz: row({ ...dateTimeRow, sql: { ...dateTimeRow.sql, postgres: zonedTimestamp } }),
  /** The time of a day; `precision` in digits of a second. */
  time: row({
    arguments: precisionArguments,
    sql: {
      sqlite: 'time',
      postgres: postgresTime('time', 'without'),
      mysql: withPrecision('time'),
      mariadb: withPrecision('time'),
    },
    value: 'string',
  }),
  /** The time of a day with a zone where the database has such. */
  timeTz: row({
    arguments: precisionArguments,
    sql: {
      sqlite: 'time',
      postgres: postgresTime('time', 'with'),
      mysql: withPrecision('time'),
      mariadb: withPrecision('time'),
    },
    value: 'string',
  }),
  /** A moment; `precision` in digits of a second. */
  timestamp: timestampRow,
  /** A moment with a zone where the database has such. */
  timestampTz: row({ ...timestampRow, sql: { ...timestampRow.sql, postgres: zonedTimestamp } }),
  /** A year; an integer where the database has no such type. */
  year: row({
    arguments: none,
    sql: { sqlite: 'integer', postgres: 'integer', mysql: 'year', mariadb: 'year' },
    value: 'integer',
  }),
  /** Bytes; with a `length`, `varbinary` or `binary` (`fixed`) on MySQL and MariaDB. */
  binary: row({
    arguments: (_: TypeDefaults, length?: number, fixed: boolean = false) => ({
      attributes: { ...(length === undefined ? {} : { length }), isFixed: fixed },
    }),
    sql: { sqlite: 'blob', postgres: 'bytea', mysql: mysqlBinary, mariadb: mysqlBinary },
    value: 'bytes',
  }),
  /** A UUID. */
  uuid: named(
    'uuid',
    row({
      arguments: none,
      sql: { sqlite: 'varchar', postgres: 'uuid', mysql: 'char(36)', mariadb: 'uuid' },
      value: 'string',
    }),
  ),
  /** A ULID. */
  ulid: named(
    'ulid',
    row({
      arguments: (_: TypeDefaults, length: number = 26) => ({ attributes: { length } }),
      sql: {
        sqlite: 'varchar',
        postgres: withLength('char'),
        mysql: withLength('char'),
        mariadb: withLength('char'),
      },
      value: 'string',
    }),
  ),
  /** An IPv4 or IPv6 address. */
  ipAddress: named(
    'ip_address',
    row({
      arguments: none,
      sql: { sqlite: 'varchar', postgres: 'inet', mysql: 'varchar(45)', mariadb: 'varchar(45)' },
      value: 'string',
    }),
  ),
  /** A MAC address. */
  macAddress: named(
    'mac_address',
    row({
      arguments: none,
      sql: { sqlite: 'varchar', postgres: 'macaddr', mysql: 'varchar(17)', mariadb: 'varchar(17)' },
      value: 'string',
    }),
  ),
  /** A shape in the plane; `subtype` such as `point`. */
  geometry: row({
    arguments: (_: TypeDefaults, subtype?: string, srid: number = 0) => ({
      attributes: { ...(subtype === undefined ? {} : { subtype }), srid },
    }),
    sql: {
      sqlite: 'geometry',
      postgres: postgresGeometry('geometry'),
      mysql: mysqlGeometry((srid) => ` srid ${srid}`),
      mariadb: mysqlGeometry((srid) => ` ref_system_id=${srid}`),
    },
    value: 'unknown',
  }),
  /** A shape on the globe; `subtype` such as `point`. */
  geography: row({
    arguments: (_: TypeDefaults, subtype?: string, srid: number = 4326) => ({
      attributes: { ...(subtype === undefined ? {} : { subtype }), srid },
    }),
    sql: {
      sqlite: 'geometry',
      postgres: postgresGeometry('geography'),
      mysql: mysqlGeometry((srid) => ` srid ${srid}`),
      mariadb: mysqlGeometry((srid) => ` ref_system_id=${srid}`),
    },
    value: 'unknown',
  }),
  /** An embedding of `dimensions` numbers. */
  vector: row({
    arguments: (_: TypeDefaults, dimensions?: number) => ({
      attributes: dimensions === undefined ? {} : { dimensions },
    }),
    sql: {
      sqlite: only('keep the numbers in a json or binary column'),
      postgres: ({ attributes }) => bracketed('vector', attributes.dimensions),
      mysql: ({ attributes }) => bracketed('vector', attributes.dimensions),
      mariadb: ({ attributes }) => bracketed('vector', attributes.dimensions),
    },
    value: 'unknown',
  }),
  /** PostgreSQL's document for full-text search. */
  tsvector: row({
    arguments: none,
    sql: {
      sqlite: only("make an FTS5 table: db.exec('CREATE VIRTUAL TABLE … USING fts5(…)')"),
      postgres: 'tsvector',
      mysql: only('put a fullText index on the text columns'),
      mariadb: only('put a fullText index on the text columns'),
    },
    value: 'string',
  }),
  /** A computed column without a type, as SQL Server has it. */
  computed: row({
    arguments: (_: TypeDefaults, expression: string) => ({ attributes: { definition: expression } }),
    sql: {
      sqlite: only("give the column a type: table.integer('total').virtualAs('price * amount')"),
      postgres: only("give the column a type: table.integer('total').storedAs('price * amount')"),
      mysql: only("give the column a type: table.integer('total').virtualAs('price * amount')"),
      mariadb: only("give the column a type: table.integer('total').virtualAs('price * amount')"),
    },
    value: 'unknown',
  }),
  /** A column whose whole definition is given as SQL. */
  rawColumn: row({
    arguments: (_: TypeDefaults, sql: string) => ({ attributes: { definition: sql } }),
    sql: { sqlite: definition, postgres: definition, mysql: definition, mariadb: definition },
    value: 'unknown',
  }),
} as const

/** The name of a row, which is the name of the blueprint's method too. */
export type ColumnTypeName = keyof typeof columnTypes

/** The names of all rows. */
// Proof: the keys of a constant object are the keys of its type.
export const columnTypeNames = Object.keys(columnTypes) as readonly ColumnTypeName[]

/** The arguments that a type's method takes after the column's name. */
export type ColumnTypeArguments<Name extends ColumnTypeName> =
  (typeof columnTypes)[Name]['arguments'] extends (
    defaults: TypeDefaults,
    ...args: infer Args
  ) => TypeArguments
    ? Args
    : never
