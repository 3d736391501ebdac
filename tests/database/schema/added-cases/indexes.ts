// Indexes, primary keys and checks.

import { Expression } from '../../../../src/schema/expression.js'
import type { AddedCases } from '../expectations.js'
import { both } from '../lines-mysql.js'

export const addedIndexes: AddedCases = {
  primary: {
    add: (t) => {
      t.string('a')
      t.string('b')
      t.primary(['b', 'a'])
    },
    sqlite: ['a varchar not null', 'b varchar not null', 'primary (b, a)'],
    postgres: ['a character varying(255) not null', 'b character varying(255) not null', 'primary (b, a)'],
    ...both('a varchar(255) not null', 'b varchar(255) not null', 'primary (b, a)'),
  },
  unique: {
    add: (t) => {
      t.string('a')
      t.unique(['a', 'anchor'])
    },
    sqlite: ['a varchar not null', 'unique index things_a_anchor_unique (a, anchor)'],
    postgres: ['a character varying(255) not null', 'unique index things_a_anchor_unique (a, anchor)'],
    ...both('a varchar(255) not null', 'unique index things_a_anchor_unique (a, anchor)'),
  },
  index: {
    add: (t) => t.index('anchor', 'by_anchor', 'btree'),
    sqlite: ['index by_anchor (anchor)'],
    postgres: ['index by_anchor (anchor)'],
    ...both('index by_anchor (anchor)'),
  },
  'index.where': {
    add: (t) => t.index('anchor').where('anchor > 0'),
    sqlite: ['index things_anchor_index (anchor) where anchor > 0'],
    postgres: ['index things_anchor_index (anchor) where (anchor > 0)'],
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
    postgres: ['unique index things_anchor_unique (anchor)'],
    ...both('unique index things_anchor_unique (anchor)'),
  },
  'index on an expression': {
    add: (t) => t.index([new Expression('abs(anchor)'), 'anchor'], 'by_size'),
    sqlite: ['index by_size (abs(anchor), anchor)'],
    postgres: ['index by_size (abs(anchor), anchor)'],
    mysql: ['index by_size (abs(`anchor`), anchor)'],
  },
  rawIndex: {
    add: (t) => t.rawIndex('anchor desc, (anchor + 1)', 'by_raw'),
    sqlite: ['index by_raw (anchor desc, (anchor + 1))'],
    postgres: ['index by_raw (anchor desc, ((anchor + 1)))'],
    mysql: ['index by_raw (anchor desc, `anchor` + 1)'],
  },
  fullText: {
    add: (t) => {
      t.text('c')
      t.fullText('c').language('english')
    },
    postgres: ['c text not null', "index things_c_fulltext (to_tsvector('english'::regconfig, c)) using gin"],
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  'fullText on a column': {
    add: (t) => t.text('c').fullText(),
    postgres: ['c text not null', "index things_c_fulltext (to_tsvector('english'::regconfig, c)) using gin"],
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  'fulltext on a column': {
    add: (t) => t.text('c').fulltext(),
    postgres: ['c text not null', "index things_c_fulltext (to_tsvector('english'::regconfig, c)) using gin"],
    ...both('c text not null', 'index things_c_fulltext (c) using fulltext'),
  },
  spatialIndex: {
    add: (t) => {
      t.geometry('c', 'point')
      t.spatialIndex('c', 'by_c')
    },
    missingType: { postgres: 'geometry' },
    ...both('c point not null', 'index by_c (c) using spatial'),
  },
  'spatialIndex on a column': {
    add: (t) => t.geometry('c', 'point').spatialIndex(),
    missingType: { postgres: 'geometry' },
    ...both('c point not null', 'index things_c_spatialindex (c) using spatial'),
  },
  vectorIndex: {
    add: (t) => {
      t.vector('c', 3)
      t.vectorIndex('c')
    },
    missingType: { postgres: 'vector' },
    mariadb11: ['c vector(3) not null', 'index things_c_vectorindex (c) using vector'],
  },
  'vectorIndex on a column': {
    add: (t) => t.vector('c', 3).vectorIndex(),
    missingType: { postgres: 'vector' },
    mariadb11: ['c vector(3) not null', 'index things_c_vectorindex (c) using vector'],
  },
  'index.algorithm': {
    add: (t) => t.index('anchor').algorithm('hash'),
    postgres: ['index things_anchor_index (anchor) using hash'],
    mysql: ['index things_anchor_index (anchor)'],
    mariadb: ['index things_anchor_index (anchor)'],
    mariadb11: ['index things_anchor_index (anchor) using hash'],
  },
  'index, an algorithm': {
    add: (t) => t.index('anchor', 'by_anchor', 'hash'),
    postgres: ['index by_anchor (anchor) using hash'],
    mysql: ['index by_anchor (anchor)'],
    mariadb: ['index by_anchor (anchor)'],
    mariadb11: ['index by_anchor (anchor) using hash'],
  },
  'index.include': {
    add: (t) => {
      t.integer('c')
      t.index('anchor').include('c')
    },
    postgres: ['c integer not null', 'index things_anchor_index (anchor) include (c)'],
  },
  'index.lock': { add: (t) => t.index('anchor').lock('none'), ...both('index things_anchor_index (anchor)') },
  'index.operatorClass': {
    add: (t) => {
      t.string('c')
      t.index('c').operatorClass('text_pattern_ops')
    },
    postgres: ['c character varying(255) not null', 'index things_c_index (c text_pattern_ops)'],
  },
  'index.nullsNotDistinct': {
    add: (t) => t.unique('anchor').nullsNotDistinct(),
    postgres: ['unique index things_anchor_unique (anchor) nulls not distinct'],
  },
  'unique.deferrable': {
    add: (t) => t.unique('anchor').deferrable(),
    postgres: ['unique index things_anchor_unique (anchor) initially immediate'],
  },
  'unique.initiallyImmediate': {
    add: (t) => t.unique('anchor').deferrable().initiallyImmediate(false),
    postgres: ['unique index things_anchor_unique (anchor) initially deferred'],
  },
  'check.notValid': {
    add: (t) => t.check('positive', 'anchor > 0').notValid(),
    postgres: ['check positive ((anchor > 0)) not valid'],
  },
  check: {
    add: (t) => t.check('positive', 'anchor > 0'),
    sqlite: ['check positive (anchor > 0)'],
    postgres: ['check positive ((anchor > 0))'],
    ...both('check positive (`anchor` > 0)'),
  },
}
