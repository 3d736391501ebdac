// What a blueprint can change of a table, rename in it and drop from it, and the way back. `things` begins as `has` says;
// after `change` it is as the dialect's lines say, and after `undo` as at first.

import type { Blueprint } from '../../../src/schema/blueprint.js'
import { type Lines, otherCollation, quotedName } from './expectations.js'
import { both } from './lines-mysql.js'

export interface ChangedCase extends Lines {
  readonly has: (table: Blueprint) => void
  readonly change: (table: Blueprint) => void
  readonly undo: (table: Blueprint) => void
}

const user = { table: 'users' }

export const changedCases: Readonly<Record<string, ChangedCase>> = {
  'change keeps what it does not mention': {
    has: (t) => t.string('c').nullable().default('x').collation(otherCollation).index(),
    change: (t) => t.char('c', 20).change(),
    undo: (t) => t.string('c').change(),
    sqlite: ["c varchar default 'x' collate nocase", 'index things_c_index (c)'],
    postgres: ["c character(20) default 'x'::bpchar collate C", 'index things_c_index (c)'],
    ...both("c char(20) default 'x' collate utf8mb4_bin", 'index things_c_index (c)'),
  },
  'change({ exact: true })': {
    has: (t) => t.string('c').nullable().default('x'),
    change: (t) => t.string('c', 50).change({ exact: true }),
    undo: (t) => t.string('c').nullable().default('x').change(),
    sqlite: ['c varchar not null'],
    postgres: ['c character varying(50) not null'],
    ...both('c varchar(50) not null'),
  },
  'change, an index': {
    has: (t) => t.string('c').index(),
    change: (t) => t.string('c').index(false).unique().change(),
    undo: (t) => t.string('c').unique(false).index().change(),
    sqlite: ['c varchar not null', 'unique index things_c_unique (c)'],
    postgres: ['c character varying(255) not null', 'unique index things_c_unique (c)'],
    ...both('c varchar(255) not null', 'unique index things_c_unique (c)'),
  },
  'change with using': {
    has: (t) => t.string('c'),
    change: (t) => t.integer('c').using('c::integer').change(),
    undo: (t) => t.string('c').change(),
    sqlite: ['c integer not null'],
    postgres: ['c integer not null'],
    ...both('c int not null'),
  },
  renameColumn: {
    has: (t) => {
      t.string('c').unique()
      t.check('c_is_long', `length(${quotedName('c')}) > 3`)
    },
    change: (t) => t.renameColumn('c', 'd'),
    undo: (t) => t.renameColumn('d', 'c'),
    sqlite: ['d varchar not null', 'unique index things_c_unique (d)', 'check c_is_long (length("d") > 3)'],
    postgres: [
      'd character varying(255) not null',
      'unique index things_c_unique (d)',
      'check c_is_long ((length((d)::text) > 3))',
    ],
    mysql: [
      'd varchar(255) not null',
      'unique index things_c_unique (d)',
      'check c_is_long (length(`d`) > 3)',
    ],
    mariadb: [
      'd varchar(255) not null',
      'unique index things_c_unique (d)',
      'check c_is_long (octet_length(`d`) > 3)',
    ],
  },
  dropColumn: {
    has: (t) => {
      t.string('a')
      t.string('b')
      t.string('c')
      t.string('d')
    },
    change: (t) => t.dropColumn('b', 'c').dropColumn(['d']),
    undo: (t) => {
      t.string('b')
      t.string('c')
      t.string('d')
    },
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  renameIndex: {
    has: (t) => t.string('c').index('old'),
    change: (t) => t.renameIndex('old', 'new'),
    undo: (t) => t.renameIndex('new', 'old'),
    sqlite: ['c varchar not null', 'index new (c)'],
    postgres: ['c character varying(255) not null', 'index new (c)'],
    ...both('c varchar(255) not null', 'index new (c)'),
  },
  'dropIndex and dropUnique by columns': {
    has: (t) => {
      t.string('a').index()
      t.string('b').unique()
    },
    change: (t) => t.dropIndex(['a']).dropUnique(['b']),
    undo: (t) => {
      t.index('a')
      t.unique('b')
    },
    sqlite: ['a varchar not null', 'b varchar not null'],
    postgres: ['a character varying(255) not null', 'b character varying(255) not null'],
    ...both('a varchar(255) not null', 'b varchar(255) not null'),
  },
  'dropIndex and dropUnique by name': {
    has: (t) => {
      t.string('a').index()
      t.string('b').unique('only_b')
    },
    change: (t) => t.dropIndex('things_a_index').dropUnique('only_b'),
    undo: (t) => {
      t.index('a')
      t.unique('b', 'only_b')
    },
    sqlite: ['a varchar not null', 'b varchar not null'],
    postgres: ['a character varying(255) not null', 'b character varying(255) not null'],
    ...both('a varchar(255) not null', 'b varchar(255) not null'),
  },
  dropPrimary: {
    has: (t) => t.string('c').primary(),
    change: (t) => t.dropPrimary(),
    undo: (t) => t.primary('c'),
    sqlite: ['c varchar not null'],
    postgres: ['c character varying(255) not null'],
    ...both('c varchar(255) not null'),
  },
  'dropPrimary by name': {
    has: (t) => t.string('c').primary(),
    change: (t) => t.dropPrimary('things_c_primary'),
    undo: (t) => t.primary('c'),
    sqlite: ['c varchar not null'],
    postgres: ['c character varying(255) not null'],
    ...both('c varchar(255) not null'),
  },
  'dropForeign by columns': {
    has: (t) => t.foreignId('user_id').constrained().cascadeOnDelete(),
    change: (t) => t.dropForeign(['user_id']),
    undo: (t) => t.foreign('user_id').references('id').on('users').cascadeOnDelete(),
    sqlite: ['user_id integer not null'],
    postgres: ['user_id bigint not null'],
    ...both('user_id bigint unsigned not null', 'index things_user_id_foreign (user_id)'),
  },
  'dropForeign by name': {
    has: (t) => t.foreignId('user_id').constrained(),
    change: (t) => t.dropForeign('things_user_id_foreign'),
    undo: (t) => t.foreign('user_id').references('id').on('users'),
    sqlite: ['user_id integer not null'],
    postgres: ['user_id bigint not null'],
    ...both('user_id bigint unsigned not null', 'index things_user_id_foreign (user_id)'),
  },
  dropCheck: {
    has: (t) => {
      t.integer('c')
      t.check('positive', 'c > 0')
    },
    change: (t) => t.dropCheck('positive'),
    undo: (t) => t.check('positive', 'c > 0'),
    sqlite: ['c integer not null'],
    postgres: ['c integer not null'],
    ...both('c int not null'),
  },
  dropConstrainedForeignId: {
    has: (t) => {
      t.string('a')
      t.foreignId('user_id').constrained()
    },
    change: (t) => t.dropConstrainedForeignId('user_id'),
    undo: (t) => t.foreignId('user_id').constrained(),
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  dropForeignIdFor: {
    has: (t) => {
      t.string('a')
      t.foreignIdFor(user)
    },
    change: (t) => t.dropForeignIdFor(user),
    undo: (t) => t.foreignIdFor(user),
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  dropConstrainedForeignIdFor: {
    has: (t) => {
      t.string('a')
      t.foreignIdFor(user).constrained()
    },
    change: (t) => t.dropConstrainedForeignIdFor(user),
    undo: (t) => t.foreignIdFor(user).constrained(),
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  'dropTimestamps and the like': {
    has: (t) => {
      t.string('a')
      t.timestamps()
      t.softDeletes()
      t.rememberToken()
    },
    change: (t) => t.dropTimestamps().dropSoftDeletes().dropRememberToken(),
    undo: (t) => {
      t.timestamps()
      t.softDeletes()
      t.rememberToken()
    },
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  'dropTimestampsTz and dropSoftDeletesTz': {
    has: (t) => {
      t.string('a')
      t.timestampsTz()
      t.softDeletesTz('gone_at')
    },
    change: (t) => t.dropTimestampsTz().dropSoftDeletesTz('gone_at'),
    undo: (t) => {
      t.timestampsTz()
      t.softDeletesTz('gone_at')
    },
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
  dropMorphs: {
    has: (t) => {
      t.string('a')
      t.morphs('owner')
    },
    change: (t) => t.dropMorphs('owner'),
    undo: (t) => t.morphs('owner'),
    sqlite: ['a varchar not null'],
    postgres: ['a character varying(255) not null'],
    ...both('a varchar(255) not null'),
  },
}
