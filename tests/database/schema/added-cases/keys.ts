// Foreign keys, and the columns that hold the keys of other tables.

import type { Blueprint } from '../../../../src/schema/blueprint.js'
import type { ForeignKeyDefinition } from '../../../../src/schema/foreign-key-definition.js'
import type { AddedCases } from '../expectations.js'
import { both } from '../lines-mysql.js'

const user = { table: 'users' }
const session = { table: 'sessions', primaryKey: 'uuid', keyType: 'uuid' } as const
const numericMorphs = (...nullable: [] | ['null']) => morphs('integer', ...nullable)
const textMorphs = (...nullable: [] | ['null']) => morphs('varchar', ...nullable)
const userKey = 'foreign (user_id) to users (id)'
const authorKey = 'foreign (author_id) to users (id)'

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

export const addedKeys: AddedCases = {
  'foreign.lock': {
    add: (t) => author(t).lock('shared'),
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id)',
    ),
  },
  'foreign.notValid': {
    add: (t) => author(t).notValid(),
    postgres: ['author_id bigint', 'foreign things_author_id_foreign (author_id) to users (id) not valid'],
  },
  foreign: {
    add: (t) => author(t).onDelete('CASCADE').onUpdate('set null'),
    sqlite: ['author_id integer', `${authorKey} on delete cascade on update set null`],
    postgres: [
      'author_id bigint',
      'foreign things_author_id_foreign (author_id) to users (id) on delete cascade on update set null',
    ],
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
    postgres: ['author_id bigint', 'foreign to_users (author_id) to users (id)'],
    ...both(
      'author_id bigint unsigned',
      'index to_users (author_id)',
      'foreign to_users (author_id) to users (id)',
    ),
  },
  'foreign.deferrable': {
    add: (t) => author(t).deferrable().initiallyImmediate(false),
    sqlite: ['author_id integer', `${authorKey} deferrable initially deferred`],
    postgres: [
      'author_id bigint',
      'foreign things_author_id_foreign (author_id) to users (id) deferrable initially deferred',
    ],
  },
  'foreign.cascade…': {
    add: (t) => author(t).cascadeOnDelete().cascadeOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete cascade on update cascade`],
    postgres: [
      'author_id bigint',
      'foreign things_author_id_foreign (author_id) to users (id) on delete cascade on update cascade',
    ],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete cascade on update cascade',
    ),
  },
  'foreign.restrict…': {
    add: (t) => author(t).restrictOnDelete().restrictOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete restrict on update restrict`],
    postgres: [
      'author_id bigint',
      'foreign things_author_id_foreign (author_id) to users (id) on delete restrict on update restrict',
    ],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete restrict on update restrict',
    ),
  },
  'foreign.null…': {
    add: (t) => author(t).nullOnDelete().nullOnUpdate(),
    sqlite: ['author_id integer', `${authorKey} on delete set null on update set null`],
    postgres: [
      'author_id bigint',
      'foreign things_author_id_foreign (author_id) to users (id) on delete set null on update set null',
    ],
    ...both(
      'author_id bigint unsigned',
      'index things_author_id_foreign (author_id)',
      'foreign things_author_id_foreign (author_id) to users (id) on delete set null on update set null',
    ),
  },
  'foreign.noAction…': {
    add: (t) => author(t).noActionOnDelete().noActionOnUpdate(),
    sqlite: ['author_id integer', authorKey],
    postgres: ['author_id bigint', 'foreign things_author_id_foreign (author_id) to users (id)'],
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
    postgres: ['user_id bigint not null'],
    ...both('user_id bigint unsigned not null'),
  },
  'foreignId.constrained': {
    add: (t) => t.foreignId('user_id').nullable().constrained().nullOnDelete(),
    sqlite: ['user_id integer', `${userKey} on delete set null`],
    postgres: ['user_id bigint', 'foreign things_user_id_foreign (user_id) to users (id) on delete set null'],
    ...both(
      'user_id bigint unsigned',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id) on delete set null',
    ),
  },
  'foreignId.references': {
    add: (t) => t.foreignId('user_id').references('id').on('users'),
    sqlite: ['user_id integer not null', userKey],
    postgres: ['user_id bigint not null', 'foreign things_user_id_foreign (user_id) to users (id)'],
    ...both(
      'user_id bigint unsigned not null',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id)',
    ),
  },
  foreignUuid: {
    add: (t) => t.foreignUuid('session_uuid').constrained('sessions', 'uuid'),
    sqlite: ['session_uuid varchar not null', 'foreign (session_uuid) to sessions (uuid)'],
    postgres: [
      'session_uuid uuid not null',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid)',
    ],
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
    postgres: ['file_id character(26) not null'],
    ...both('file_id char(26) not null'),
  },
  foreignIdFor: {
    add: (t) => t.foreignIdFor(user).constrained(),
    sqlite: ['user_id integer not null', userKey],
    postgres: ['user_id bigint not null', 'foreign things_user_id_foreign (user_id) to users (id)'],
    ...both(
      'user_id bigint unsigned not null',
      'index things_user_id_foreign (user_id)',
      'foreign things_user_id_foreign (user_id) to users (id)',
    ),
  },
  'foreignIdFor, a model with a UUID': {
    add: (t) => t.foreignIdFor(session).constrained(),
    sqlite: ['session_uuid varchar not null', 'foreign (session_uuid) to sessions (uuid)'],
    postgres: [
      'session_uuid uuid not null',
      'foreign things_session_uuid_foreign (session_uuid) to sessions (uuid)',
    ],
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
    postgres: ['opened_in uuid not null'],
    mysql: ['opened_in char(36) not null'],
    mariadb: ['opened_in uuid not null'],
  },
  foreignUlidFor: {
    add: (t) => t.foreignUlidFor(user),
    sqlite: ['user_id varchar not null'],
    postgres: ['user_id character(26) not null'],
    ...both('user_id char(26) not null'),
  },
  morphs: {
    add: (t) => t.morphs('owner'),
    sqlite: numericMorphs(),
    postgres: [
      'owner_type character varying(255) not null',
      'owner_id bigint not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
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
    postgres: [
      'owner_type character varying(255) not null',
      'owner_id bigint not null',
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
    postgres: [
      'owner_type character varying(255)',
      'owner_id bigint',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255)',
      'owner_id bigint unsigned',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  numericMorphs: {
    add: (t) => t.numericMorphs('owner'),
    sqlite: numericMorphs(),
    postgres: [
      'owner_type character varying(255) not null',
      'owner_id bigint not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255) not null',
      'owner_id bigint unsigned not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  nullableNumericMorphs: {
    add: (t) => t.nullableNumericMorphs('owner'),
    sqlite: numericMorphs('null'),
    postgres: [
      'owner_type character varying(255)',
      'owner_id bigint',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255)',
      'owner_id bigint unsigned',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  uuidMorphs: {
    add: (t) => t.uuidMorphs('owner'),
    sqlite: textMorphs(),
    postgres: [
      'owner_type character varying(255) not null',
      'owner_id uuid not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
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
    postgres: [
      'owner_type character varying(255)',
      'owner_id uuid',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
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
    postgres: [
      'owner_type character varying(255) not null',
      'owner_id character(26) not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255) not null',
      'owner_id char(26) not null',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
  nullableUlidMorphs: {
    add: (t) => t.nullableUlidMorphs('owner'),
    sqlite: textMorphs('null'),
    postgres: [
      'owner_type character varying(255)',
      'owner_id character(26)',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ],
    ...both(
      'owner_type varchar(255)',
      'owner_id char(26)',
      'index things_owner_type_owner_id_index (owner_type, owner_id)',
    ),
  },
}
