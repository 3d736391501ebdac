// What a column is told beside its type.

import { Expression } from '../../../../src/schema/expression.js'
import { type AddedCases, numbering, oneColumn, otherCollation } from '../expectations.js'
import { both } from '../lines-mysql.js'

export const addedModifiers: AddedCases = {
  nullable: {
    add: (t) => t.string('c').nullable(),
    sqlite: oneColumn('varchar'),
    postgres: ['c character varying(255)'],
    ...both('c varchar(255)'),
  },
  'nullable(false)': {
    add: (t) => t.string('c').nullable().nullable(false),
    sqlite: oneColumn('varchar not null'),
    postgres: ['c character varying(255) not null'],
    ...both('c varchar(255) not null'),
  },
  'default, a text': {
    add: (t) => t.string('c').default("it's"),
    sqlite: oneColumn("varchar not null default 'it''s'"),
    postgres: ["c character varying(255) not null default 'it''s'::character varying"],
    ...both("c varchar(255) not null default 'it''s'"),
  },
  'default, a number': {
    add: (t) => t.integer('c').default(0),
    sqlite: oneColumn("integer not null default '0'"),
    postgres: ['c integer not null default 0'],
    ...both('c int not null default 0'),
  },
  'default, true': {
    add: (t) => t.boolean('c').default(true),
    sqlite: oneColumn("tinyint(1) not null default '1'"),
    postgres: ['c boolean not null default true'],
    ...both('c tinyint(1) not null default 1'),
  },
  'default, an expression': {
    add: (t) => t.integer('c').default(new Expression('(1 + 1)')),
    sqlite: oneColumn('integer not null default 1 + 1'),
    postgres: ['c integer not null default (1 + 1)'],
    ...both('c int not null default (1 + 1)'),
  },
  'default, null': {
    add: (t) => t.string('c').nullable().default(null),
    sqlite: oneColumn('varchar'),
    postgres: ['c character varying(255)'],
    ...both('c varchar(255)'),
  },
  unsigned: {
    add: (t) => t.integer('c').unsigned(),
    sqlite: oneColumn('integer not null'),
    postgres: ['c integer not null'],
    ...both('c int unsigned not null'),
  },
  autoIncrement: {
    add: (t) => t.integer('n').autoIncrement(),
    sqlite: numbering,
    postgres: ["n integer not null default nextval('things_n_seq'::regclass) autoincrement", 'primary (n)'],
    ...both('n int not null autoincrement', 'primary (n)'),
  },
  startingValue: {
    add: (t) => t.id('n').startingValue(50),
    sqlite: numbering,
    postgres: ["n bigint not null default nextval('things_n_seq'::regclass) autoincrement", 'primary (n)'],
    ...both('n bigint unsigned not null autoincrement', 'primary (n)'),
  },
  from: {
    add: (t) => t.id('n').from(50),
    sqlite: numbering,
    postgres: ["n bigint not null default nextval('things_n_seq'::regclass) autoincrement", 'primary (n)'],
    ...both('n bigint unsigned not null autoincrement', 'primary (n)'),
  },
  'primary on a column': {
    add: (t) => t.string('c').primary(),
    sqlite: ['c varchar not null', 'primary (c)'],
    postgres: ['c character varying(255) not null', 'primary (c)'],
    ...both('c varchar(255) not null', 'primary (c)'),
  },
  'unique on a column': {
    add: (t) => t.string('c').unique(),
    sqlite: ['c varchar not null', 'unique index things_c_unique (c)'],
    postgres: ['c character varying(255) not null', 'unique index things_c_unique (c)'],
    ...both('c varchar(255) not null', 'unique index things_c_unique (c)'),
  },
  'index on a column': {
    add: (t) => t.string('c').index('by_c'),
    sqlite: ['c varchar not null', 'index by_c (c)'],
    postgres: ['c character varying(255) not null', 'index by_c (c)'],
    ...both('c varchar(255) not null', 'index by_c (c)'),
  },
  'comment on a column': {
    add: (t) => t.string('c').comment('why'),
    sqlite: oneColumn('varchar not null'),
    postgres: ['c character varying(255) not null comment why'],
    ...both('c varchar(255) not null comment why'),
  },
  after: {
    add: (t) => t.string('c').after('anchor'),
    sqlite: oneColumn('varchar not null'),
    postgres: ['c character varying(255) not null'],
    ...both('c varchar(255) not null'),
  },
  first: {
    add: (t) => t.string('c').first(),
    sqlite: oneColumn('varchar not null'),
    postgres: ['c character varying(255) not null'],
    ...both('c varchar(255) not null', 'anchor int not null'),
  },
  'after, several columns': {
    add: (t) =>
      t.after('anchor', (inner) => {
        inner.string('a')
        inner.string('b')
      }),
    sqlite: ['a varchar not null', 'b varchar not null'],
    postgres: ['a character varying(255) not null', 'b character varying(255) not null'],
    ...both('a varchar(255) not null', 'b varchar(255) not null'),
  },
  'charset of a column': {
    add: (t) => t.string('c').charset('utf8mb4'),
    sqlite: oneColumn('varchar not null'),
    postgres: ['c character varying(255) not null'],
    mysql: ['c varchar(255) not null collate utf8mb4_0900_ai_ci'],
    mariadb: ['c varchar(255) not null collate utf8mb4_general_ci'],
    mariadb11: ['c varchar(255) not null collate utf8mb4_uca1400_ai_ci'],
  },
  'collation of a column': {
    add: (t) => t.string('c').collation(otherCollation),
    sqlite: oneColumn('varchar not null collate nocase'),
    postgres: ['c character varying(255) not null collate C'],
    ...both('c varchar(255) not null collate utf8mb4_bin'),
  },
  'useCurrent, a moment': {
    add: (t) => t.timestamp('c').useCurrent(),
    sqlite: oneColumn('datetime not null default CURRENT_TIMESTAMP'),
    postgres: ['c timestamp(0) without time zone not null default CURRENT_TIMESTAMP'],
    ...both('c timestamp not null default CURRENT_TIMESTAMP'),
  },
  'useCurrent, a day': {
    add: (t) => t.date('c').useCurrent(),
    sqlite: oneColumn('date not null default CURRENT_DATE'),
    postgres: ['c date not null default CURRENT_DATE'],
    ...both('c date not null default (curdate())'),
  },
  'useCurrent, a year': {
    add: (t) => t.year('c').useCurrent(),
    sqlite: oneColumn("integer not null default CAST(strftime('%Y', 'now') AS INTEGER)"),
    postgres: ['c integer not null default EXTRACT(year FROM CURRENT_DATE)'],
    ...both('c year not null default (year(curdate()))'),
  },
  useCurrentOnUpdate: {
    add: (t) => t.timestamp('c').nullable().useCurrentOnUpdate(),
    sqlite: oneColumn('datetime'),
    postgres: ['c timestamp(0) without time zone'],
    ...both('c timestamp on update CURRENT_TIMESTAMP'),
  },
  storedAs: {
    add: (t) => t.integer('c').storedAs('anchor * 2'),
    sqlite: oneColumn('integer stored as (anchor * 2)'),
    postgres: ['c integer not null stored as ((anchor * 2))'],
    ...both('c int stored as (`anchor` * 2)'),
  },
  virtualAs: {
    add: (t) => t.integer('c').virtualAs('anchor * 2'),
    sqlite: oneColumn('integer virtual as (anchor * 2)'),
    postgres18: ['c integer not null virtual as ((anchor * 2))'],
    ...both('c int virtual as (`anchor` * 2)'),
  },
  'virtualAs, out of JSON': {
    add: (t) => {
      t.json('meta').nullable()
      t.text('c').virtualAs('meta->size')
    },
    sqlite: ['meta text', `c text virtual as (json_extract("meta", '$."size"'))`],
    postgres18: ['meta json', "c text not null virtual as ((meta ->> 'size'::text))"],
    mysql: ['meta json', 'c text virtual as (json_unquote(json_extract(`meta`,\'$."size"\')))'],
    mariadb: ['meta longtext collate utf8mb4_bin', 'c text virtual as (json_value(`meta`,\'$."size"\'))'],
  },
  persisted: {
    add: (t) => t.integer('c').virtualAs('anchor * 2').persisted(),
    sqlite: oneColumn('integer stored as (anchor * 2)'),
    postgres: ['c integer not null stored as ((anchor * 2))'],
    ...both('c int stored as (`anchor` * 2)'),
  },
  generatedAs: {
    add: (t) => t.integer('c').generatedAs().always(),
    sqlite: oneColumn('integer not null'),
    postgres: ['c integer not null identity always'],
    ...both('c int not null'),
  },
  invisible: {
    add: (t) => t.string('c').nullable().invisible(),
    sqlite: oneColumn('varchar'),
    postgres: ['c character varying(255)'],
    ...both('c varchar(255) invisible'),
  },
  type: {
    add: (t) => t.string('c').type('integer'),
    sqlite: oneColumn('integer not null'),
    postgres: ['c integer not null'],
    ...both('c int not null'),
  },
  'column.instant': { add: (t) => t.string('c').nullable().instant(), ...both('c varchar(255)') },
  'column.algorithm': {
    add: (t) => t.string('c').nullable().algorithm('inplace'),
    ...both('c varchar(255)'),
  },
  'column.lock': { add: (t) => t.string('c').lock('shared'), ...both('c varchar(255) not null') },
}
