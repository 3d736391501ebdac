// What a database cannot do: refused before anything runs, by the method's name, with a way round. `things` has the
// column `c`. A dialect that joins says for each whether it refuses; one that can do it adds the lines to added-cases.ts.

import type { Blueprint } from '../../../src/schema/blueprint.js'
import { Expression } from '../../../src/schema/expression.js'
import type { ByDatabase } from './expectations.js'

export interface RefusedCase {
  readonly ask: (table: Blueprint) => void
  /** The message in full, and what the remedy has to say. `made` is of a server that can what others of its kind cannot. */
  readonly refusals: ByDatabase<readonly [message: string, remedy: RegExp] | 'made'>
}

const refused = (ask: (table: Blueprint) => void, refusals: RefusedCase['refusals']): RefusedCase => ({
  ask,
  refusals,
})

export const refusedCases: Readonly<Record<string, RefusedCase>> = {
  set: refused((t) => t.set('s', ['a', 'b']), {
    sqlite: ['SQLite has no set().', /json column/],
    postgres: ['PostgreSQL has no set().', /array/],
  }),
  vector: refused((t) => t.vector('v', 3), {
    sqlite: ['SQLite has no vector().', /json or binary/],
    mariadb: ['MariaDB has no vector().', /11\.7/],
    mariadb11: 'made',
  }),
  tsvector: refused((t) => t.tsvector('v'), {
    sqlite: ['SQLite has no tsvector().', /fts5/],
    mysql: ['MySQL has no tsvector().', /fullText/],
    mariadb: ['MariaDB has no tsvector().', /fullText/],
  }),
  computed: refused((t) => t.computed('v', 'c * 2'), {
    sqlite: ['SQLite has no computed().', /virtualAs/],
    mysql: ['MySQL has no computed().', /virtualAs/],
    mariadb: ['MariaDB has no computed().', /virtualAs/],
    postgres: ['PostgreSQL has no computed().', /storedAs/],
  }),
  fullText: refused((t) => t.fullText('c').language('english'), {
    sqlite: ['SQLite has no fullText().', /fts5/],
  }),
  'fullText on a column': refused((t) => t.text('d').fullText(), {
    sqlite: ['SQLite has no fullText().', /fts5/],
  }),
  'fulltext on a column': refused((t) => t.text('d').fulltext(), {
    sqlite: ['SQLite has no fullText().', /fts5/],
  }),
  spatialIndex: refused((t) => t.spatialIndex('c', 'by_c', 'ops'), {
    sqlite: ['SQLite has no spatialIndex().', /rtree/],
  }),
  'spatialIndex on a column': refused((t) => t.geometry('g').spatialIndex(), {
    sqlite: ['SQLite has no spatialIndex().', /rtree/],
  }),
  vectorIndex: refused((t) => t.vectorIndex('c'), {
    sqlite: ['SQLite has no vectorIndex().', /extension/],
    mysql: ['MySQL has no vectorIndex().', /application/],
    mariadb: ['MariaDB has no vectorIndex().', /11\.7/],
    mariadb11: 'made',
  }),
  'vectorIndex on a column': refused((t) => t.binary('d').vectorIndex(), {
    sqlite: ['SQLite has no vectorIndex().', /extension/],
    mysql: ['MySQL has no vectorIndex().', /application/],
    mariadb: ['MariaDB has no vectorIndex().', /11\.7/],
    mariadb11: 'made',
  }),
  dropFullText: refused((t) => t.dropFullText(['c']), { sqlite: ['SQLite has no dropFullText().', /FTS5/] }),
  dropSpatialIndex: refused((t) => t.dropSpatialIndex(['c']), {
    sqlite: ['SQLite has no dropSpatialIndex().', /R-tree/],
  }),
  dropVectorIndex: refused((t) => t.dropVectorIndex(['c']), {
    sqlite: ['SQLite has no dropVectorIndex().', /none to drop/],
    mysql: ['MySQL has no dropVectorIndex().', /none to drop/],
    mariadb: ['MariaDB has no dropVectorIndex().', /none to drop/],
    mariadb11: 'made',
  }),
  'index.algorithm': refused((t) => t.index('c').algorithm('hash'), {
    sqlite: ['SQLite has no algorithm().', /B-tree/],
  }),
  'index, an algorithm': refused((t) => t.index('c', 'by_c', 'hash'), {
    sqlite: ['SQLite has no algorithm().', /B-tree/],
  }),
  'index.include': refused((t) => t.index('c').include('d', 'e'), {
    sqlite: ['SQLite has no include().', /end of the index/],
    mysql: ['MySQL has no include().', /end of the index/],
    mariadb: ['MariaDB has no include().', /end of the index/],
  }),
  'index.concurrently': refused((t) => t.index('c').concurrently(), {
    sqlite: ['SQLite has no concurrently().', /Leave it out/],
    mysql: ['MySQL has no concurrently().', /lock/],
    mariadb: ['MariaDB has no concurrently().', /lock/],
    postgres: ['PostgreSQL has no concurrently() inside a transaction.', /transaction: false/],
  }),
  'index.online': refused((t) => t.index('c').online(), {
    sqlite: ['SQLite has no concurrently().', /Leave it out/],
    mysql: ['MySQL has no concurrently().', /lock/],
    mariadb: ['MariaDB has no concurrently().', /lock/],
    postgres: ['PostgreSQL has no concurrently() inside a transaction.', /transaction: false/],
  }),
  'index.lock': refused((t) => t.index('c').lock('none'), {
    sqlite: ['SQLite has no lock().', /Leave it out/],
    postgres: ['PostgreSQL has no index().lock().', /concurrently/],
  }),
  'index.operatorClass': refused((t) => t.index('c').operatorClass('text_pattern_ops'), {
    sqlite: ['SQLite has no operatorClass().', /collation/],
    mysql: ['MySQL has no operatorClass().', /collation/],
    mariadb: ['MariaDB has no operatorClass().', /collation/],
  }),
  'index.nullsNotDistinct': refused((t) => t.unique('c').nullsNotDistinct(), {
    sqlite: ['SQLite has no nullsNotDistinct().', /ifnull/],
    mysql: ['MySQL has no nullsNotDistinct().', /ifnull/],
    mariadb: ['MariaDB has no nullsNotDistinct().', /ifnull/],
  }),
  'unique.deferrable': refused((t) => t.unique('c').deferrable(), {
    sqlite: ['SQLite has no unique().deferrable().', /foreign keys/],
    mysql: ['MySQL has no unique().deferrable().', /each row/],
    mariadb: ['MariaDB has no unique().deferrable().', /each row/],
  }),
  'unique.initiallyImmediate': refused((t) => t.unique('c').initiallyImmediate(), {
    sqlite: ['SQLite has no unique().deferrable().', /foreign keys/],
    mysql: ['MySQL has no unique().deferrable().', /each row/],
    mariadb: ['MariaDB has no unique().deferrable().', /each row/],
  }),
  'foreign.notValid': refused((t) => t.foreign('c').references('id').on('users').notValid(), {
    sqlite: ['SQLite has no notValid().', /each row/],
    mysql: ['MySQL has no notValid().', /each row/],
    mariadb: ['MariaDB has no notValid().', /each row/],
  }),
  'foreign.lock': refused((t) => t.foreign('c').references('id').on('users').lock('shared'), {
    sqlite: ['SQLite has no lock().', /Leave it out/],
    postgres: ['PostgreSQL has no lock().', /lockTimeout/],
  }),
  'check.notValid': refused((t) => t.check('positive', 'c > 0').notValid(), {
    sqlite: ['SQLite has no notValid().', /each row/],
    mysql: ['MySQL has no notValid().', /each row/],
    mariadb: ['MariaDB has no notValid().', /each row/],
  }),
  'column.instant': refused((t) => t.string('d').instant(), {
    sqlite: ['SQLite has no instant().', /Leave it out/],
    postgres: ['PostgreSQL has no instant().', /Leave it out/],
  }),
  'column.algorithm': refused((t) => t.string('d').algorithm('inplace'), {
    sqlite: ['SQLite has no algorithm().', /Leave it out/],
    postgres: ['PostgreSQL has no algorithm().', /Leave it out/],
  }),
  'column.lock': refused((t) => t.string('d').lock('none'), {
    sqlite: ['SQLite has no lock().', /Leave it out/],
    postgres: ['PostgreSQL has no lock().', /lockTimeout/],
  }),

  'index.where': refused((t) => t.index('c').where('c > 0'), {
    mysql: ['MySQL has no where() of an index.', /generated column/],
    mariadb: ['MariaDB has no where() of an index.', /generated column/],
  }),
  'index on an expression': refused((t) => t.index(new Expression('abs(c)'), 'by_size'), {
    mariadb: ['MariaDB has no index on an expression.', /virtualAs/],
  }),
  rawIndex: refused((t) => t.rawIndex('c desc, c + 1', 'by_raw'), {
    mariadb: ['MariaDB has no index on an expression.', /virtualAs/],
  }),
  'index, an unknown algorithm': refused((t) => t.index('c').algorithm('gin'), {
    mysql: ['MySQL has no algorithm() of that name.', /btree/],
    mariadb: ['MariaDB has no algorithm() of that name.', /btree/],
  }),
  'foreign.deferrable': refused((t) => t.foreign('c').references('id').on('users').deferrable(), {
    mysql: ['MySQL has no deferrable().', /withoutForeignKeyConstraints/],
    mariadb: ['MariaDB has no deferrable().', /withoutForeignKeyConstraints/],
  }),
  'foreign, set default': refused(
    (t) => t.foreign('c').references('id').on('users').onDelete('set default'),
    {
      mysql: ["MySQL has no onDelete('set default').", /nullOnDelete/],
      mariadb: ["MariaDB has no onDelete('set default').", /nullOnDelete/],
    },
  ),
  virtualAs: refused((t) => t.integer('d').virtualAs('c * 2'), {
    postgres: ['PostgreSQL has no virtualAs().', /storedAs\(\), or use PostgreSQL 18/],
    postgres18: 'made',
  }),
  'virtualAs, out of JSON': refused((t) => t.string('d').virtualAs('c->size'), {
    postgres: ['PostgreSQL has no virtualAs().', /storedAs/],
    postgres18: 'made',
  }),
  'primary.concurrently': refused((t) => t.primary('c').concurrently(), {
    postgres: ['PostgreSQL has no primary().concurrently().', /using index/],
  }),
  'primary over an expression': refused((t) => t.primary(new Expression('abs(c)'), 'by_size'), {
    postgres: ['PostgreSQL has no primary key over an expression or a part of the rows.', /unique/],
  }),
  'index.deferrable': refused((t) => t.index('c').deferrable(), {
    postgres: ['PostgreSQL has no deferrable() for an index that is no constraint.', /unique\(\)/],
  }),
}
