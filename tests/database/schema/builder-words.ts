// What the databases call the things that builder.test.ts makes, as each shows them. A dialect that joins adds its words.

import { inject } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'

interface ShownType {
  readonly type_name: string
  readonly type: string
  readonly collation?: string
  readonly default?: string
}

export interface BuilderWords {
  readonly label: string
  readonly driver: string
  readonly id: ShownType
  readonly reference: ShownType
  readonly integer: ShownType
  readonly string: ShownType
  readonly boolean: ShownType
  readonly decimal: string
  readonly uuid: string
  readonly ulid: string
  /** The default `Untitled`. */
  readonly untitled: string
  readonly wordsBy300: string
  readonly table: { readonly collation: string | null; readonly engine: string | null }
  readonly indexType: string | null
  /** Indexes that the foreign key of `posts` brings along. */
  readonly indexesOfKeys: readonly string[]
  readonly primaryKey: (table: string) => string
  readonly foreignKey: string | null
  readonly noAction: string
  /** A schema in which nothing of the test is. */
  readonly otherSchema: string
  /** A setting, and a value that it has not by itself. */
  readonly setting: readonly [name: string, value: number]
}

const sqlite: BuilderWords = {
  label: 'SQLite',
  driver: 'sqlite',
  id: { type_name: 'integer', type: 'integer' },
  reference: { type_name: 'integer', type: 'integer' },
  integer: { type_name: 'integer', type: 'integer' },
  string: { type_name: 'varchar', type: 'varchar' },
  boolean: { type_name: 'tinyint', type: 'tinyint(1)' },
  decimal: 'numeric',
  uuid: 'varchar',
  ulid: 'varchar',
  untitled: "'Untitled'",
  wordsBy300: 'words / 300',
  table: { collation: null, engine: null },
  indexType: null,
  indexesOfKeys: [],
  primaryKey: () => 'primary',
  foreignKey: null,
  noAction: 'no action',
  otherSchema: 'temp',
  setting: ['user_version', 7],
}

const mysql: BuilderWords = {
  label: 'MySQL',
  driver: 'mysql',
  id: { type_name: 'bigint', type: 'bigint unsigned' },
  reference: { type_name: 'bigint', type: 'bigint unsigned' },
  integer: { type_name: 'int', type: 'int' },
  string: { type_name: 'varchar', type: 'varchar(255)', collation: 'utf8mb4_unicode_ci' },
  boolean: { type_name: 'tinyint', type: 'tinyint(1)' },
  decimal: 'decimal',
  uuid: 'char',
  ulid: 'char',
  untitled: "'Untitled'",
  wordsBy300: '`words` / 300',
  table: { collation: 'utf8mb4_unicode_ci', engine: 'InnoDB' },
  indexType: 'btree',
  indexesOfKeys: ['posts_author_id_foreign'],
  primaryKey: () => 'primary',
  foreignKey: 'posts_author_id_foreign',
  noAction: 'no action',
  otherSchema: 'mysql',
  setting: ['sort_buffer_size', 65_536],
}

const mariadb: BuilderWords = {
  ...mysql,
  label: 'MariaDB',
  driver: 'mariadb',
  id: { type_name: 'bigint', type: 'bigint(20) unsigned' },
  reference: { type_name: 'bigint', type: 'bigint(20) unsigned' },
  integer: { type_name: 'int', type: 'int(11)' },
  uuid: 'uuid',
  noAction: 'restrict',
}

const postgres: BuilderWords = {
  label: 'PostgreSQL',
  driver: 'pgsql',
  id: { type_name: 'int8', type: 'bigint', default: "nextval('posts_id_seq'::regclass)" },
  reference: { type_name: 'int8', type: 'bigint' },
  integer: { type_name: 'int4', type: 'integer' },
  string: { type_name: 'varchar', type: 'character varying(255)' },
  boolean: { type_name: 'bool', type: 'boolean' },
  decimal: 'numeric',
  uuid: 'uuid',
  ulid: 'bpchar',
  untitled: "'Untitled'::character varying",
  wordsBy300: '(words / 300)',
  table: { collation: null, engine: null },
  indexType: 'btree',
  indexesOfKeys: [],
  primaryKey: (table) => `${table}_pkey`,
  foreignKey: 'posts_author_id_foreign',
  noAction: 'no action',
  otherSchema: 'information_schema',
  // Shown in builder-postgres.ts, where settings are texts.
  setting: ['work_mem', 64],
}

const known: Readonly<Record<DialectName, BuilderWords>> = { sqlite, postgres, mysql, mariadb }

export const builderWords: BuilderWords = known[inject('dialect')]
