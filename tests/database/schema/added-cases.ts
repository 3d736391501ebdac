// What a blueprint can add to a table, method by method, and what each database then has. Every case is made twice, with
// the table and on one that exists, and must read back the same. A dialect that joins adds its lines to each case; a case
// that it cannot do has no lines of it, and is refused under the same name in refused-cases.ts.

import { inject } from 'vitest'
import type { Blueprint } from '../../../src/schema/blueprint.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { both } from './lines-mysql.js'
import { Expression } from '../../../src/schema/expression.js'
import type { ForeignKeyDefinition } from '../../../src/schema/foreign-key-definition.js'

/** What differs between the databases under test, by dialect, or by server where its version makes a difference. */
export type ByDatabase<Expected> = Partial<Readonly<Record<DialectName | 'mariadb11', Expected>>>

/**
 * What the table `things` then has; see summary.ts. It begins with the column `anchor`, which is written only where
 * something comes before it.
 */
export type Lines = ByDatabase<readonly string[]>

export interface AddedCase extends Lines {
  readonly add: (table: Blueprint) => void
  /** SQLite and others can have it on a new table only. */
  readonly onlyNew?: true
}

const user = { table: 'users' }
const session = { table: 'sessions', primaryKey: 'uuid', keyType: 'uuid' } as const
const oneColumn = (type: string) => [`c ${type}`]
const numbering = ['n integer not null autoincrement', 'primary (n)']
const timestamps = ['created_at datetime', 'updated_at datetime']
const numericMorphs = (...nullable: [] | ['null']) => morphs('integer', ...nullable)
const textMorphs = (...nullable: [] | ['null']) => morphs('varchar', ...nullable)
const userKey = 'foreign (user_id) to users (id)'
const authorKey = 'foreign (author_id) to users (id)'

/** A collation that is not the one a column has by itself. */
export const otherCollation = {
  sqlite: 'nocase',
  postgres: 'C',
  mysql: 'utf8mb4_bin',
  mariadb: 'utf8mb4_bin',
}[inject('dialect')]

/** A name as the database itself writes it in an expression. */
export function quotedName(name: string): string {
  const quote = { sqlite: '"', postgres: '"', mysql: '`', mariadb: '`' }[inject('dialect')]
  return quote + name + quote
}

/** A key of the table `users`, written apart from its column. */
function author(table: Blueprint): ForeignKeyDefinition {
  table.unsignedBigInteger('author_id').nullable()
  return table.foreign('author_id').references('id').on('users')
}

function morphs(key: string, nullable?: 'null'): readonly string[] {
  const end = nullable === undefined ? ' not null' : ''
  return [
    `owner_type varchar${end}`,
    `owner_id ${key}${end}`,
    'index things_owner_type_owner_id_index (owner_type, owner_id)',
  ]
}

export const addedCases: Readonly<Record<string, AddedCase>> = {
  char: {
    add: (t) => t.char('c', 10),
    sqlite: oneColumn('varchar not null'),
    ...both('c char(10) not null'),
  },
  string: {
    add: (t) => t.string('c'),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null'),
  },
  'string with a length': {
    add: (t) => t.string('c', 80),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(80) not null'),
  },
  tinyText: {
    add: (t) => t.tinyText('c'),
    sqlite: oneColumn('text not null'),
    ...both('c tinytext not null'),
  },
  text: { add: (t) => t.text('c'), sqlite: oneColumn('text not null'), ...both('c text not null') },
  mediumText: {
    add: (t) => t.mediumText('c'),
    sqlite: oneColumn('text not null'),
    ...both('c mediumtext not null'),
  },
  longText: {
    add: (t) => t.longText('c'),
    sqlite: oneColumn('text not null'),
    ...both('c longtext not null'),
  },
  integer: { add: (t) => t.integer('c'), sqlite: oneColumn('integer not null'), ...both('c int not null') },
  tinyInteger: {
    add: (t) => t.tinyInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c tinyint not null'),
  },
  smallInteger: {
    add: (t) => t.smallInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c smallint not null'),
  },
  mediumInteger: {
    add: (t) => t.mediumInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c mediumint not null'),
  },
  bigInteger: {
    add: (t) => t.bigInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c bigint not null'),
  },
  'integer that numbers': {
    add: (t) => t.integer('n', true, true),
    sqlite: numbering,
    ...both('n int unsigned not null autoincrement', 'primary (n)'),
  },
  unsignedInteger: {
    add: (t) => t.unsignedInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c int unsigned not null'),
  },
  unsignedTinyInteger: {
    add: (t) => t.unsignedTinyInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c tinyint unsigned not null'),
  },
  unsignedSmallInteger: {
    add: (t) => t.unsignedSmallInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c smallint unsigned not null'),
  },
  unsignedMediumInteger: {
    add: (t) => t.unsignedMediumInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c mediumint unsigned not null'),
  },
  unsignedBigInteger: {
    add: (t) => t.unsignedBigInteger('c'),
    sqlite: oneColumn('integer not null'),
    ...both('c bigint unsigned not null'),
  },
  id: {
    add: (t) => t.id(),
    sqlite: ['id integer not null autoincrement', 'primary (id)'],
    ...both('id bigint unsigned not null autoincrement', 'primary (id)'),
  },
  increments: {
    add: (t) => t.increments('n'),
    sqlite: numbering,
    ...both('n int unsigned not null autoincrement', 'primary (n)'),
  },
  integerIncrements: {
    add: (t) => t.integerIncrements('n'),
    sqlite: numbering,
    ...both('n int unsigned not null autoincrement', 'primary (n)'),
  },
  tinyIncrements: {
    add: (t) => t.tinyIncrements('n'),
    sqlite: numbering,
    ...both('n tinyint unsigned not null autoincrement', 'primary (n)'),
  },
  smallIncrements: {
    add: (t) => t.smallIncrements('n'),
    sqlite: numbering,
    ...both('n smallint unsigned not null autoincrement', 'primary (n)'),
  },
  mediumIncrements: {
    add: (t) => t.mediumIncrements('n'),
    sqlite: numbering,
    ...both('n mediumint unsigned not null autoincrement', 'primary (n)'),
  },
  bigIncrements: {
    add: (t) => t.bigIncrements('n'),
    sqlite: numbering,
    ...both('n bigint unsigned not null autoincrement', 'primary (n)'),
  },
  float: { add: (t) => t.float('c', 24), sqlite: oneColumn('float not null'), ...both('c float not null') },
  double: { add: (t) => t.double('c'), sqlite: oneColumn('double not null'), ...both('c double not null') },
  decimal: {
    add: (t) => t.decimal('c', 10, 4),
    sqlite: oneColumn('numeric not null'),
    ...both('c decimal(10,4) not null'),
  },
  boolean: {
    add: (t) => t.boolean('c'),
    sqlite: oneColumn('tinyint(1) not null'),
    ...both('c tinyint(1) not null'),
  },
  enum: {
    add: (t) => t.enum('c', ['a', "b's"]),
    sqlite: ['c varchar not null', `check ("c" in ('a', 'b''s'))`],
    ...both("c enum('a','b''s') not null"),
  },
  set: { add: (t) => t.set('c', ['a', 'b']), ...both("c set('a','b') not null") },
  json: {
    add: (t) => t.json('c'),
    sqlite: oneColumn('text not null'),
    mysql: ['c json not null'],
    mariadb: ['c longtext not null collate utf8mb4_bin'],
  },
  jsonb: {
    add: (t) => t.jsonb('c'),
    sqlite: oneColumn('text not null'),
    mysql: ['c json not null'],
    mariadb: ['c longtext not null collate utf8mb4_bin'],
  },
  date: { add: (t) => t.date('c'), sqlite: oneColumn('date not null'), ...both('c date not null') },
  dateTime: {
    add: (t) => t.dateTime('c', 3),
    sqlite: oneColumn('datetime not null'),
    ...both('c datetime(3) not null'),
  },
  datetime: {
    add: (t) => t.datetime('c'),
    sqlite: oneColumn('datetime not null'),
    ...both('c datetime not null'),
  },
  dateTimeTz: {
    add: (t) => t.dateTimeTz('c'),
    sqlite: oneColumn('datetime not null'),
    ...both('c datetime not null'),
  },
  time: { add: (t) => t.time('c'), sqlite: oneColumn('time not null'), ...both('c time not null') },
  timeTz: { add: (t) => t.timeTz('c'), sqlite: oneColumn('time not null'), ...both('c time not null') },
  timestamp: {
    add: (t) => t.timestamp('c'),
    sqlite: oneColumn('datetime not null'),
    ...both('c timestamp not null'),
  },
  timestampTz: {
    add: (t) => t.timestampTz('c', 6),
    sqlite: oneColumn('datetime not null'),
    ...both('c timestamp(6) not null'),
  },
  timestamps: {
    add: (t) => t.timestamps(),
    sqlite: timestamps,
    ...both('created_at timestamp', 'updated_at timestamp'),
  },
  timestampsTz: {
    add: (t) => t.timestampsTz(),
    sqlite: timestamps,
    ...both('created_at timestamp', 'updated_at timestamp'),
  },
  nullableTimestamps: {
    add: (t) => t.nullableTimestamps(),
    sqlite: timestamps,
    ...both('created_at timestamp', 'updated_at timestamp'),
  },
  nullableTimestampsTz: {
    add: (t) => t.nullableTimestampsTz(),
    sqlite: timestamps,
    ...both('created_at timestamp', 'updated_at timestamp'),
  },
  datetimes: {
    add: (t) => t.datetimes(),
    sqlite: timestamps,
    ...both('created_at datetime', 'updated_at datetime'),
  },
  softDeletes: {
    add: (t) => t.softDeletes(),
    sqlite: ['deleted_at datetime'],
    ...both('deleted_at timestamp'),
  },
  softDeletesTz: {
    add: (t) => t.softDeletesTz(),
    sqlite: ['deleted_at datetime'],
    ...both('deleted_at timestamp'),
  },
  softDeletesDatetime: {
    add: (t) => t.softDeletesDatetime('gone_at'),
    sqlite: ['gone_at datetime'],
    ...both('gone_at datetime'),
  },
  year: { add: (t) => t.year('c'), sqlite: oneColumn('integer not null'), ...both('c year not null') },
  binary: {
    add: (t) => t.binary('c', 16, true),
    sqlite: oneColumn('blob not null'),
    ...both('c binary(16) not null'),
  },
  uuid: {
    add: (t) => t.uuid(),
    sqlite: ['uuid varchar not null'],
    mysql: ['uuid char(36) not null'],
    mariadb: ['uuid uuid not null'],
  },
  ulid: { add: (t) => t.ulid(), sqlite: ['ulid varchar not null'], ...both('ulid char(26) not null') },
  ipAddress: {
    add: (t) => t.ipAddress(),
    sqlite: ['ip_address varchar not null'],
    ...both('ip_address varchar(45) not null'),
  },
  macAddress: {
    add: (t) => t.macAddress(),
    sqlite: ['mac_address varchar not null'],
    ...both('mac_address varchar(17) not null'),
  },
  geometry: {
    add: (t) => t.geometry('c', 'point'),
    sqlite: oneColumn('geometry not null'),
    ...both('c point not null'),
  },
  geography: {
    add: (t) => t.geography('c'),
    sqlite: oneColumn('geometry not null'),
    ...both('c geometry not null'),
  },
  vector: {
    add: (t) => t.vector('c', 3),
    mysql: ['c vector(3) not null'],
    mariadb11: ['c vector(3) not null'],
  },
  tsvector: { add: (t) => t.tsvector('c') },
  rawColumn: {
    add: (t) => t.rawColumn('c', "numeric(10, 2) default '7'"),
    sqlite: ["c numeric(10, 2) not null default '7'"],
    ...both('c decimal(10,2) not null default 7.00'),
  },
  rememberToken: {
    add: (t) => t.rememberToken(),
    sqlite: ['remember_token varchar'],
    ...both('remember_token varchar(100)'),
  },
  addColumn: {
    add: (t) => t.addColumn('decimal', 'c', { total: 10, places: 1, nullable: true }),
    sqlite: oneColumn('numeric'),
    ...both('c decimal(10,1)'),
  },
  removeColumn: {
    add: (t) => {
      t.string('taken_back')
      t.string('c')
      t.removeColumn('taken_back')
    },
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null'),
  },

  nullable: { add: (t) => t.string('c').nullable(), sqlite: oneColumn('varchar'), ...both('c varchar(255)') },
  'nullable(false)': {
    add: (t) => t.string('c').nullable().nullable(false),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null'),
  },
  'default, a text': {
    add: (t) => t.string('c').default("it's"),
    sqlite: oneColumn("varchar not null default 'it''s'"),
    ...both("c varchar(255) not null default 'it''s'"),
  },
  'default, a number': {
    add: (t) => t.integer('c').default(0),
    sqlite: oneColumn("integer not null default '0'"),
    ...both('c int not null default 0'),
  },
  'default, true': {
    add: (t) => t.boolean('c').default(true),
    sqlite: oneColumn("tinyint(1) not null default '1'"),
    ...both('c tinyint(1) not null default 1'),
  },
  'default, an expression': {
    add: (t) => t.integer('c').default(new Expression('(1 + 1)')),
    sqlite: oneColumn('integer not null default 1 + 1'),
    ...both('c int not null default (1 + 1)'),
  },
  'default, null': {
    add: (t) => t.string('c').nullable().default(null),
    sqlite: oneColumn('varchar'),
    ...both('c varchar(255)'),
  },
  unsigned: {
    add: (t) => t.integer('c').unsigned(),
    sqlite: oneColumn('integer not null'),
    ...both('c int unsigned not null'),
  },
  autoIncrement: {
    add: (t) => t.integer('n').autoIncrement(),
    sqlite: numbering,
    ...both('n int not null autoincrement', 'primary (n)'),
  },
  startingValue: {
    add: (t) => t.id('n').startingValue(50),
    sqlite: numbering,
    ...both('n bigint unsigned not null autoincrement', 'primary (n)'),
  },
  from: {
    add: (t) => t.id('n').from(50),
    sqlite: numbering,
    ...both('n bigint unsigned not null autoincrement', 'primary (n)'),
  },
  'primary on a column': {
    add: (t) => t.string('c').primary(),
    sqlite: ['c varchar not null', 'primary (c)'],
    ...both('c varchar(255) not null', 'primary (c)'),
  },
  'unique on a column': {
    add: (t) => t.string('c').unique(),
    sqlite: ['c varchar not null', 'unique index things_c_unique (c)'],
    ...both('c varchar(255) not null', 'unique index things_c_unique (c)'),
  },
  'index on a column': {
    add: (t) => t.string('c').index('by_c'),
    sqlite: ['c varchar not null', 'index by_c (c)'],
    ...both('c varchar(255) not null', 'index by_c (c)'),
  },
  'comment on a column': {
    add: (t) => t.string('c').comment('why'),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null comment why'),
  },
  after: {
    add: (t) => t.string('c').after('anchor'),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null'),
  },
  first: {
    add: (t) => t.string('c').first(),
    sqlite: oneColumn('varchar not null'),
    ...both('c varchar(255) not null', 'anchor int not null'),
  },
  'after, several columns': {
    add: (t) =>
      t.after('anchor', (inner) => {
        inner.string('a')
        inner.string('b')
      }),
    sqlite: ['a varchar not null', 'b varchar not null'],
    ...both('a varchar(255) not null', 'b varchar(255) not null'),
  },
  'charset of a column': {
    add: (t) => t.string('c').charset('utf8mb4'),
    sqlite: oneColumn('varchar not null'),
    mysql: ['c varchar(255) not null collate utf8mb4_0900_ai_ci'],
    mariadb: ['c varchar(255) not null collate utf8mb4_general_ci'],
    mariadb11: ['c varchar(255) not null collate utf8mb4_uca1400_ai_ci'],
  },
  'collation of a column': {
    add: (t) => t.string('c').collation(otherCollation),
    sqlite: oneColumn('varchar not null collate nocase'),
    ...both('c varchar(255) not null collate utf8mb4_bin'),
  },
  'useCurrent, a moment': {
    add: (t) => t.timestamp('c').useCurrent(),
    sqlite: oneColumn('datetime not null default CURRENT_TIMESTAMP'),
    ...both('c timestamp not null default CURRENT_TIMESTAMP'),
  },
  'useCurrent, a day': {
    add: (t) => t.date('c').useCurrent(),
    sqlite: oneColumn('date not null default CURRENT_DATE'),
    ...both('c date not null default (curdate())'),
  },
  'useCurrent, a year': {
    add: (t) => t.year('c').useCurrent(),
    sqlite: oneColumn("integer not null default CAST(strftime('%Y', 'now') AS INTEGER)"),
    ...both('c year not null default (year(curdate()))'),
  },
  useCurrentOnUpdate: {
    add: (t) => t.timestamp('c').nullable().useCurrentOnUpdate(),
    sqlite: oneColumn('datetime'),
    ...both('c timestamp on update CURRENT_TIMESTAMP'),
  },
  storedAs: {
    add: (t) => t.integer('c').storedAs('anchor * 2'),
    sqlite: oneColumn('integer stored as (anchor * 2)'),
    ...both('c int stored as (`anchor` * 2)'),
  },
  virtualAs: {
    add: (t) => t.integer('c').virtualAs('anchor * 2'),
    sqlite: oneColumn('integer virtual as (anchor * 2)'),
    ...both('c int virtual as (`anchor` * 2)'),
  },
  'virtualAs, out of JSON': {
    add: (t) => t.string('c').virtualAs('anchor->size'),
    sqlite: oneColumn(`varchar virtual as (json_extract("anchor", '$."size"'))`),
    mysql: ['c varchar(255) virtual as (json_unquote(json_extract(`anchor`,\'$."size"\')))'],
    mariadb: ['c varchar(255) virtual as (json_value(`anchor`,\'$."size"\'))'],
  },
  persisted: {
    add: (t) => t.integer('c').virtualAs('anchor * 2').persisted(),
    sqlite: oneColumn('integer stored as (anchor * 2)'),
    ...both('c int stored as (`anchor` * 2)'),
  },
  generatedAs: {
    add: (t) => t.integer('c').generatedAs().always(),
    sqlite: oneColumn('integer not null'),
    ...both('c int not null'),
  },
  invisible: {
    add: (t) => t.string('c').nullable().invisible(),
    sqlite: oneColumn('varchar'),
    ...both('c varchar(255) invisible'),
  },
  type: {
    add: (t) => t.string('c').type('integer'),
    sqlite: oneColumn('integer not null'),
    ...both('c int not null'),
  },

  primary: {
    add: (t) => {
      t.string('a')
      t.string('b')
      t.primary(['b', 'a'])
    },
    sqlite: ['a varchar not null', 'b varchar not null', 'primary (b, a)'],
    ...both('a varchar(255) not null', 'b varchar(255) not null', 'primary (b, a)'),
  },
  unique: {
    add: (t) => {
      t.string('a')
      t.unique(['a', 'anchor'])
    },
    sqlite: ['a varchar not null', 'unique index things_a_anchor_unique (a, anchor)'],
    ...both('a varchar(255) not null', 'unique index things_a_anchor_unique (a, anchor)'),
  },
  index: {
    add: (t) => t.index('anchor', 'by_anchor', 'btree'),
    sqlite: ['index by_anchor (anchor)'],
    ...both('index by_anchor (anchor)'),
  },
  'index.where': {
    add: (t) => t.index('anchor').where('anchor > 0'),
    sqlite: ['index things_anchor_index (anchor) where anchor > 0'],
  },
  'index, what is for others': {
    add: (t) =>
      t
        .unique('anchor')
        .algorithm('btree')
        .language('english')
        .online(false)
        .concurrently(false)
        .deferrable(false)
        .nullsNotDistinct(false),
    sqlite: ['unique index things_anchor_unique (anchor)'],
    ...both('unique index things_anchor_unique (anchor)'),
  },
  'index on an expression': {
    add: (t) => t.index([new Expression('abs(anchor)'), 'anchor'], 'by_size'),
    sqlite: ['index by_size (abs(anchor), anchor)'],
    mysql: ['index by_size (abs(`anchor`), anchor)'],
  },
  rawIndex: {
    add: (t) => t.rawIndex('anchor desc, anchor + 1', 'by_raw'),
    sqlite: ['index by_raw (anchor desc, anchor + 1)'],
    mysql: ['index by_raw (anchor desc, `anchor` + 1)'],
  },
  fullText: {
    add: (t) => {
      t.text('c')
      t.fullText('c').language('english')
    },
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  'fullText on a column': {
    add: (t) => t.text('c').fullText(),
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  'fulltext on a column': {
    add: (t) => t.text('c').fulltext(),
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  spatialIndex: {
    add: (t) => {
      t.geometry('c', 'point')
      t.spatialIndex('c', 'by_c')
    },
    ...both('c point not null', 'index by_c (c) using spatial'),
  },
  'spatialIndex on a column': {
    add: (t) => t.geometry('c', 'point').spatialIndex(),
    ...both('c point not null', 'index things_c_spatialindex (c) using spatial'),
  },
  vectorIndex: {
    add: (t) => {
      t.vector('c', 3)
      t.vectorIndex('c')
    },
    mariadb11: ['c vector(3) not null', 'index things_c_vectorindex (c) using vector'],
  },
  'vectorIndex on a column': {
    add: (t) => t.vector('c', 3).vectorIndex(),
    mariadb11: ['c vector(3) not null', 'index things_c_vectorindex (c) using vector'],
  },
  'index.algorithm': {
    add: (t) => t.index('anchor').algorithm('hash'),
    mysql: ['index things_anchor_index (anchor)'],
    mariadb: ['index things_anchor_index (anchor)'],
    mariadb11: ['index things_anchor_index (anchor) using hash'],
  },
  'index, an algorithm': {
    add: (t) => t.index('anchor', 'by_anchor', 'hash'),
    mysql: ['index by_anchor (anchor)'],
    mariadb: ['index by_anchor (anchor)'],
    mariadb11: ['index by_anchor (anchor) using hash'],
  },
  'index.include': {
    add: (t) => {
      t.integer('c')
      t.index('anchor').include('c')
    },
  },
  'index.lock': { add: (t) => t.index('anchor').lock('none'), ...both('index things_anchor_index (anchor)') },
  'index.operatorClass': {
    add: (t) => {
      t.string('c')
      t.index('c').operatorClass('text_pattern_ops')
    },
  },
  'index.nullsNotDistinct': { add: (t) => t.unique('anchor').nullsNotDistinct() },
  'unique.deferrable': { add: (t) => t.unique('anchor').deferrable() },
  'unique.initiallyImmediate': { add: (t) => t.unique('anchor').deferrable().initiallyImmediate(false) },
  'column.instant': { add: (t) => t.string('c').nullable().instant(), ...both('c varchar(255)') },
  'column.algorithm': {
    add: (t) => t.string('c').nullable().algorithm('inplace'),
    ...both('c varchar(255)'),
  },
  'column.lock': { add: (t) => t.string('c').lock('shared'), ...both('c varchar(255) not null') },
  'foreign.lock': {
    add: (t) => author(t).lock('shared'),
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id)',
    ),
  },
  'foreign.notValid': { add: (t) => author(t).notValid() },
  'check.notValid': { add: (t) => t.check('positive', 'anchor > 0').notValid() },
  check: {
    add: (t) => t.check('positive', 'anchor > 0'),
    sqlite: ['check positive (anchor > 0)'],
    ...both('check positive (`anchor` > 0)'),
  },
  foreign: {
    add: (t) => author(t).onDelete('CASCADE').onUpdate('set null'),
    sqlite: ['author_id integer', `${authorKey} on delete cascade on update set null`],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete cascade on update set null',
    ),
  },
  'foreign with a name': {
    add: (t) => {
      t.unsignedBigInteger('author_id').nullable()
      t.foreign(['author_id'], 'to_users').references(['id']).on('users')
    },
    sqlite: ['author_id integer', 'foreign to_users (author_id) to users (id)'],
    ...both(
      'author_id bigint unsigned',
      'index to_users (author_id)',
      'foreign to_users (author_id) to users (id)',
    ),
  },
  'foreign.deferrable': {
    add: (t) => author(t).deferrable().initiallyImmediate(false),
    sqlite: ['author_id integer', `${authorKey} deferrable initially deferred`],
  },
  'foreign.cascade…': {
    add: (t) => author(t).cascadeOnDelete().cascadeOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete cascade on update cascade`],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete cascade on update cascade',
    ),
  },
  'foreign.restrict…': {
    add: (t) => author(t).restrictOnDelete().restrictOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete restrict on update restrict`],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete restrict on update restrict',
    ),
  },
  'foreign.null…': {
    add: (t) => author(t).nullOnDelete().nullOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete set null on update set null`],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete set null on update set null',
    ),
  },
  'foreign.noAction…': {
    add: (t) => author(t).noActionOnDelete().noActionOnUpdate(),
    sqlite: ['author_id integer', authorKey],
    mysql: [
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id)',
    ],
    mariadb: [
      'author_id bigint(20) unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id)',
    ],
  },

  foreignId: {
    add: (t) => t.foreignId('user_id'),
    sqlite: ['user_id integer not null'],
    ...both('user_id bigint unsigned not null'),
  },
  'foreignId.constrained': {
    add: (t) => t.foreignId('user_id').nullable().constrained().nullOnDelete(),
    sqlite: ['user_id integer', `${userKey} on delete set null`],
    ...both(
      'user_id bigint unsigned',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id) on delete set null',
    ),
  },
  'foreignId.references': {
    add: (t) => t.foreignId('user_id').references('id').on('users'),
    sqlite: ['user_id integer not null', userKey],
    ...both(
      'user_id bigint unsigned not null',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id)',
    ),
  },
  foreignUuid: {
    add: (t) => t.foreignUuid('session_uuid').constrained('sessions', 'uuid'),
    sqlite: ['session_uuid varchar not null', 'foreign (session_uuid) to sessions (uuid)'],
    mysql: [
      'session_uuid char(36) not null',
      'index things_session_uuid_foreign (session_uuid)',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid)',
    ],
    mariadb: [
      'session_uuid uuid not null',
      'index things_session_uuid_foreign (session_uuid)',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid) on delete restrict on update restrict',
    ],
  },
  foreignUlid: {
    add: (t) => t.foreignUlid('file_id'),
    sqlite: ['file_id varchar not null'],
    ...both('file_id char(26) not null'),
  },
  foreignIdFor: {
    add: (t) => t.foreignIdFor(user).constrained(),
    sqlite: ['user_id integer not null', userKey],
    ...both(
      'user_id bigint unsigned not null',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id)',
    ),
  },
  'foreignIdFor, a model with a UUID': {
    add: (t) => t.foreignIdFor(session).constrained(),
    sqlite: ['session_uuid varchar not null', 'foreign (session_uuid) to sessions (uuid)'],
    mysql: [
      'session_uuid char(36) not null',
      'index things_session_uuid_foreign (session_uuid)',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid)',
    ],
    mariadb: [
      'session_uuid uuid not null',
      'index things_session_uuid_foreign (session_uuid)',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid) on delete restrict on update restrict',
    ],
  },
  foreignUuidFor: {
    add: (t) => t.foreignUuidFor(session, 'opened_in'),
    sqlite: ['opened_in varchar not null'],
    mysql: ['opened_in char(36) not null'],
    mariadb: ['opened_in uuid not null'],
  },
  foreignUlidFor: {
    add: (t) => t.foreignUlidFor(user),
    sqlite: ['user_id varchar not null'],
    ...both('user_id char(26) not null'),
  },
  morphs: {
    add: (t) => t.morphs('owner'),
    sqlite: numericMorphs(),
    ...both(
      'owner_type varchar(255) not null',
      'owner_id bigint unsigned not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  'morphs, with a name for the index': {
    add: (t) => t.morphs('owner', 'by_owner'),
    sqlite: [
      'owner_type varchar not null',
      'owner_id integer not null',
      'index by_owner (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255) not null',
      'owner_id bigint unsigned not null',
      'index by_owner (owner_type, owner_id)',
    ),
  },
  nullableMorphs: {
    add: (t) => t.nullableMorphs('owner'),
    sqlite: numericMorphs('null'),
    ...both(
      'owner_type varchar(255)',
      'owner_id bigint unsigned',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  numericMorphs: {
    add: (t) => t.numericMorphs('owner'),
    sqlite: numericMorphs(),
    ...both(
      'owner_type varchar(255) not null',
      'owner_id bigint unsigned not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  nullableNumericMorphs: {
    add: (t) => t.nullableNumericMorphs('owner'),
    sqlite: numericMorphs('null'),
    ...both(
      'owner_type varchar(255)',
      'owner_id bigint unsigned',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  uuidMorphs: {
    add: (t) => t.uuidMorphs('owner'),
    sqlite: textMorphs(),
    mysql: [
      'owner_type varchar(255) not null',
      'owner_id char(36) not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    mariadb: [
      'owner_type varchar(255) not null',
      'owner_id uuid not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
  },
  nullableUuidMorphs: {
    add: (t) => t.nullableUuidMorphs('owner'),
    sqlite: textMorphs('null'),
    mysql: [
      'owner_type varchar(255)',
      'owner_id char(36)',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    mariadb: [
      'owner_type varchar(255)',
      'owner_id uuid',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
  },
  ulidMorphs: {
    add: (t) => t.ulidMorphs('owner'),
    sqlite: textMorphs(),
    ...both(
      'owner_type varchar(255) not null',
      'owner_id char(26) not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  nullableUlidMorphs: {
    add: (t) => t.nullableUlidMorphs('owner'),
    sqlite: textMorphs('null'),
    ...both(
      'owner_type varchar(255)',
      'owner_id char(26)',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },

  'comment on the table': { add: (t) => t.comment('why'), sqlite: [], ...both('comment why') },
  'options of the table': {
    add: (t) => {
      t.engine = 'InnoDB'
      t.charset = 'utf8mb4'
      t.collation = 'utf8mb4_unicode_ci'
    },
    onlyNew: true,
    sqlite: [],
    ...both(),
  },
  'options of the table, called': {
    add: (t) => {
      t.innoDb()
      t.engine('InnoDB')
      t.charset('utf8mb4')
      t.collation('utf8mb4_unicode_ci')
    },
    onlyNew: true,
    sqlite: [],
    ...both(),
  },
}

/** What is expected of the database under test. */
export function expectedOf<Expected>(expected: ByDatabase<Expected>): Expected | undefined {
  // Proof: servers that no record of expectations names give undefined, as any absent key.
  const server = inject('server') as keyof ByDatabase<Expected>
  return expected[server] ?? expected[inject('dialect')]
}

/** What a case expects on the database under test. */
export function linesOf(expected: Lines): readonly string[] {
  const lines = expectedOf(expected)
  if (lines === undefined) throw new Error('Nothing is expected on this dialect yet.')
  return lines
}
