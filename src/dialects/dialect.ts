// What a dialect is: everything that differs between databases, behind one contract. Shared code asks it what it can
// do (`capabilities`), never which one it is.

import type { DialectName, DriverName } from '../schema/dialect-name.js'
import type { Value } from '../schema/expression.js'
import type { Operation } from '../schema/operations.js'
import type { Catalogue } from '../schema/snapshot.js'
import type { TableName } from '../schema/table-name.js'
import type { Secret } from '../support/secret.js'
import type { Blocker } from './blocker.js'
import type { QueryCompiler } from './query-compiler.js'
import type { SqlFragment } from './sql-fragment.js'

export interface Dialect {
  readonly name: DialectName
  readonly driverName: DriverName
  /** For people: `SQLite`, `PostgreSQL`. */
  readonly label: string
  readonly capabilities: Capabilities

  /**
   * Opens one session, and says which dialect its server speaks: MariaDB answers to a connection that is configured as
   * MySQL, and the reverse, and a dialect may differ by the server's version. What cannot be opened is a
   * `ConnectionError` that names the place, never the password.
   */
  open(options: SessionOptions): Promise<Opened>

  /** Makes the database that `options` name, which `open` has found missing (TM_DATABASE_MISSING). */
  createDatabase(options: SessionOptions): Promise<void>

  /**
   * The database's own client, told how to reach the database that `options` name.
   *
   * @throws ClientMissingError where it is not installed
   */
  client(options: SessionOptions): Promise<ClientCommand>

  /**
   * The statements that carry out the operations of one blueprint, as the database is now. The whole list is given at
   * once, so that several changes can become one rebuild. Reads through `session`, writes nothing.
   *
   * @throws UnsupportedError where the database cannot do what is asked, before anything runs
   * @throws SchemaError where a table, column or key that is to be changed does not exist
   */
  compile(operations: readonly Operation[], session: Session): Promise<readonly Statement[]>

  /** Reads the structure that `session` sees at the moment of each call, or that a rehearsal keeps (`structure`). */
  catalogue(session: Session): Catalogue

  /**
   * A copy of the structure, without rows, that can be changed at will and is thrown away by `close()`. Recording uses it
   * to compile a change that stands on an earlier one that was recorded and not run.
   */
  rehearse(session: Session): Promise<Rehearsal>

  /** The other sessions whose transactions are open, the oldest first; none where nobody can tell. */
  openTransactions(session: Session): Promise<readonly Blocker[]>

  /** What a journal has to know of statements, so that each takes effect once. */
  readonly journaling: Journaling

  /** What keeps the holder of a migration lock from writing once it is one no longer. */
  readonly fence: Fence

  /** Drops every table (the ledger too), view or type, as asked. Foreign keys do not stand in the way. */
  wipe(session: Session, what: WipeOptions): Promise<void>

  /**
   * Carries out what concerns whole databases rather than tables.
   *
   * @throws UnsupportedError where the database has no such thing
   */
  administer(session: Session, task: DatabaseTask): Promise<void>

  /** What the server or library says of itself and of this database. */
  overview(session: Session): Promise<DatabaseOverview>

  /** Cuts a string of several statements into single ones, with the line and column at which each begins. */
  split(sql: string): readonly SqlFragment[]

  /**
   * Where the `?` of raw SQL stand, as offsets; one inside a string, a quoted name or a comment is none. On PostgreSQL,
   * which has operators of that sign, `??` writes one of those, as in Laravel.
   */
  placeholders(sql: string): readonly number[]

  /** The SQL with `write(0)`, `write(1)`, … in the place of its placeholders, and all else as the server gets it. */
  fillPlaceholders(sql: string, write: (index: number) => string): string

  /** What turns queries into SQL; loaded when it is first asked for, because a run without queries needs none. */
  queryCompiler(): Promise<QueryCompiler>

  /** What the user may be told of an error that the driver threw. */
  explain(error: unknown): DatabaseProblem

  quoteIdentifier(name: string): string
  /** A value as a literal, for SQL that is shown and for places that take no bound value. */
  literal(value: Value): string
}

/** A program of the database's own, and what leads it to the database of a connection. */
export interface ClientCommand {
  readonly program: string
  /** Anybody on the machine may see these: no password is among them. */
  readonly words: readonly string[]
  /** What its environment has beside this process's own; undefined takes a variable away. */
  readonly variables: Readonly<Record<string, string | Secret | undefined>>
  /** What the connection asks for and the program cannot do, as sentences for people. */
  readonly notices: readonly string[]
  /** Removes what was made for the program, once it has ended. */
  readonly dispose: () => void
}

/** Something to be done to a whole database. SQLite's databases are files: their names are paths. */
export type DatabaseTask =
  | { readonly kind: 'createDatabase'; readonly name: string }
  | { readonly kind: 'dropDatabaseIfExists'; readonly name: string }
  /** Without a path: the connection's own file. */
  | { readonly kind: 'emptyDatabaseFile'; readonly path: string | undefined }
  | { readonly kind: 'ensureExtension'; readonly name: string; readonly schema: string | undefined }

export interface DatabaseOverview {
  readonly version: string
  /** On disk, where the database tells. */
  readonly sizeBytes: number | undefined
}

/** What `wipe` drops: all tables, all views, all types. */
export interface WipeOptions {
  readonly tables: boolean
  readonly views: boolean
  readonly types: boolean
  /** A table that is left, with its rows. */
  readonly except?: TableName | undefined
}

/** A session, and the dialect of the server that it reaches. */
export interface Opened {
  readonly dialect: Dialect
  readonly session: Session
}

/**
 * How a statement takes effect: `none` reads, `transactional` belongs to the transaction that it is in, `immediate` commits
 * by itself or can be in none, `unforeseen` is one of these two, `contained` belongs to its transaction unless it ends that
 * itself, which the server refuses in one that was begun before, and `session` sets something of the session, which is gone with
 * it.
 */
export type Effect = 'none' | 'transactional' | 'immediate' | 'unforeseen' | 'contained' | 'session'

/** What a journal has to know of a database's statements. */
export interface Journaling {
  effectOf(sql: string): Effect
  /** The statement as those that the server carries out one by one, where it is not one whole. */
  parts(statement: Statement): readonly Statement[]
  /**
   * Before each try of an immediate statement: clears away what an earlier one has left, such as an index that is not valid,
   * or finishes what only waits for that.
   */
  prepare(session: Session, statement: Statement): Promise<void>
  /**
   * What the catalogue says of everything that an immediate statement could change. The same text before and after means
   * that it has had no effect, or one that may be had twice; undefined where the catalogue does not tell.
   */
  evidence(session: Session, statement: Statement): Promise<string | undefined>
  /**
   * What a statement would do to the session that no journal can stand, as a sentence: such as to keep what is written from
   * being committed. Undefined for nearly all.
   */
  readonly harmOf?: (sql: string) => string | undefined
  /** Whether that is why a `contained` statement failed: it ends transactions itself. */
  endsTransactions?(error: unknown): boolean
  /** Undefined where a session remembers nothing that a journal would have to keep. */
  readonly memory?: SessionMemory
}

/**
 * What a session remembers of the statements that ran in it, so that later ones may stand on it, and what is gone with it:
 * variables, and the last key that was given to a row.
 */
export interface SessionMemory {
  /** The variables that a statement may set or read; none for most. */
  variablesIn(sql: string): readonly string[]
  /** Whether a statement does nothing but set variables. */
  isAssignment(sql: string): boolean
  /** Whether it may set or read the last key. */
  mentionsInsertId(sql: string): boolean
  /** The values of variables, in a form that a journal keeps. */
  read(session: Session, names: readonly string[]): Promise<unknown>
  /** Sets them to what `read` gave. */
  restore(session: Session, kept: unknown): Promise<void>
  insertId(session: Session): Promise<unknown>
  restoreInsertId(session: Session, id: unknown): Promise<void>
}

/**
 * Keeps a migrator from writing that died or stalls while somebody else goes on in its place. `token` is a UUID that
 * only one migrator has.
 */
export interface Fence {
  /** Whether a session under the fence is ended when nothing is asked of it, so that its holder has to keep it busy. */
  readonly endsIdleSessions: boolean
  /**
   * What an UPDATE begins with that has to find what others have committed since the transaction took its snapshot; empty where
   * any does.
   */
  readonly afresh: string
  /** Marks the session with the token, and has its server end it once it was idle for so long. */
  raise(session: Session, token: string, idleLimitMs: number): Promise<void>
  /** Takes the mark and the limit off again. */
  lower(session: Session): Promise<void>
  /** Ends every session with the mark, and the statement that it may still run; none is left when the promise settles. */
  expel(session: Session, token: string): Promise<void>
}

/** A structure to try changes on; the live one is only read. */
export interface Rehearsal {
  /** Shows the structure as it would be. Queries find no rows, or fail. */
  readonly session: Session
  carryOut(change: RecordedChange): Promise<void>
  close(): Promise<void>
}

/** Something that was recorded instead of being run. */
export interface RecordedChange {
  /** What the statements were compiled from; undefined for SQL that the user wrote. */
  readonly operations?: readonly Operation[]
  readonly statements: readonly Statement[]
}

export interface Capabilities {
  /** DDL is undone by a rollback, so that a migration and its ledger row can be one transaction. */
  readonly transactionalDdl: boolean
  /** After an error every further statement of the transaction fails, so that one that may fail needs a savepoint. */
  readonly errorsAbortTransactions: boolean
  readonly maxIdentifierBytes: number | undefined
}

/** Where a connection leads and how; the validated form of a connection's configuration. */
export interface SessionOptions {
  /** SQLite: the absolute path of the file, or `:memory:`. Elsewhere: the name of the database. */
  readonly database: string
  readonly foreignKeys: boolean
  /** How long a statement waits for a lock, in milliseconds. */
  readonly lockTimeoutMs: number
  /** How long a statement may run, in milliseconds, where the server can be told; 0 or nothing for no limit. */
  readonly statementTimeoutMs?: number
  /** Where a server is and how it is spoken to; SQLite has none. */
  readonly server?: ServerOptions
}

/** What reaching a database server takes. What is undefined is the dialect's own default. */
export interface ServerOptions {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly username: string | undefined
  readonly password: Secret | undefined
  /** The path of a Unix socket, or of the folder that holds PostgreSQL's; wins over `host` and `port`. */
  readonly socket: string | undefined
  /** MySQL and MariaDB: the character set of the connection and of new tables. */
  readonly charset: string | undefined
  /** MySQL and MariaDB: the collation of new tables. */
  readonly collation: string | undefined
  /** PostgreSQL: the schemas in which a name without one is looked for; new tables go into the first. */
  readonly searchPath: readonly string[]
  readonly tls: TlsOptions
  /** A pooler in transaction mode stands in front: no named prepared statements, nothing kept in the session. */
  readonly isPooled: boolean
}

/** Whether a connection is encrypted, by the words of PostgreSQL's `sslmode`. */
export interface TlsOptions {
  /** `undefined`: as the server offers, without checking its certificate (`prefer`). */
  readonly mode: 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full' | undefined
  /** An absolute path of a PEM file with the certificates that the server's is checked against. */
  readonly caFile: string | undefined
}

/** A row as the driver gives it. */
export type Row = Record<string, unknown>

export interface ExecuteResult {
  /** Rows changed by the statement itself, without those that triggers and foreign keys changed. */
  readonly changes: number
  /**
   * The number that the last inserted row got as its key. Where a database does not say by itself
   * (`QueryCompiler.returnsInsertedId`), that which the statement returned.
   */
  readonly lastInsertId: number | bigint | undefined
}

/**
 * One connection to one database, held by whoever opened it until `close()`. Calls are carried out in the order in
 * which they are made. Errors of the driver come out as they are; `Dialect.explain` reads them.
 */
export interface Session {
  /**
   * Runs one statement that gives rows, with values in the place of each `?`. What a value is read as follows from its
   * column's type, the same on each database: docs/explanation/values.md has the table.
   */
  query(sql: string, bindings?: readonly Value[]): Promise<readonly Row[]>
  /** Runs one statement for its effect; rows that it gives are dropped. */
  execute(sql: string, bindings?: readonly Value[]): Promise<ExecuteResult>
  /** Runs statements out of `Dialect.compile`, in order, all of one change. */
  apply(statements: readonly Statement[], observe?: StatementObserver): Promise<void>
  /** Runs `work` in a transaction, or in a savepoint where one is open. What it throws rolls back, and is thrown on. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  readonly inTransaction: boolean
  /**
   * Switches the enforcement of foreign keys for this session, and says what it was. Inside a transaction it may be that
   * it can only be switched off (SQLite); the keys are then checked before the commit.
   */
  enforceForeignKeys(enforced: boolean): Promise<boolean>
  /** From now on a statement waits so long for a lock, in milliseconds; 0 for no limit. */
  limitLockWait(timeoutMs: number): Promise<void>
  /**
   * Puts back what says how SQL is read, where a statement may have changed it: PostgreSQL's `search_path`, `sql_mode` of MySQL
   * and MariaDB. Inside a transaction that has failed nothing happens.
   */
  restoreSettings(): Promise<void>
  /** Reads one of the database's own settings (SQLite: a pragma), or sets it where a value is given. */
  setting(name: string, value?: string | number): Promise<unknown>
  /**
   * Asks the server to give up the statement that runs now, which then fails as cancelled. Nothing where none runs; SQLite,
   * where a statement runs in this process, cannot be asked.
   */
  cancel(): Promise<void>
  /**
   * Who keeps the statement that runs now from going on, who holds the lock first. Asked past this session, which waits; none
   * where it waits for nobody, or nobody can tell.
   */
  blockers(): Promise<readonly Blocker[]>
  /** The structure, where the session itself keeps it because no database stands behind it: a rehearsal. */
  readonly structure?: Catalogue | undefined
  close(): Promise<void>
}

/** One SQL string with its bindings. */
export interface Statement {
  readonly sql: string
  readonly bindings: readonly Value[]
  /** What the statement is one step of; raw SQL is of none. */
  readonly operation?: Operation
  /** Why it is there, for a person who reads `--pretend`. */
  readonly note?: string
  /** Must run while foreign keys are not enforced: dropping a referenced table would delete or change other rows. */
  readonly withoutForeignKeys?: boolean
  /** Puts a setting of the session back: `apply` runs it even where a statement before it has failed. */
  readonly restoresSetting?: boolean
}

/** Is told of each statement when it begins; the function it returns, when it has ended well. */
export type StatementObserver = (statement: Statement) => () => void

export type DatabaseProblemKind =
  | 'syntax'
  | 'no-such-table'
  | 'no-such-column'
  | 'already-exists'
  | 'unique'
  | 'not-null'
  | 'foreign-key'
  | 'check'
  | 'locked'
  | 'deadlock'
  | 'timeout'
  | 'cancelled'
  | 'out-of-range'
  | 'denied'
  | 'connection-lost'
  | 'read-only'
  | 'not-a-database'
  | 'full'
  | 'other'

export interface DatabaseProblem {
  readonly kind: DatabaseProblemKind
  /** The database's own words. */
  readonly message: string
  /** What to do about it, where that can be said. */
  readonly remedy: string | undefined
  readonly table?: string
  readonly column?: string
  /** The name of the broken constraint or unique index, where the database tells. */
  readonly constraint?: string
  /** Where in the statement, as an offset in characters, if the database tells. */
  readonly offset?: number
  /** The time was up, and yet the statement has ended and committed: what it did stands. */
  readonly tookEffect?: true
}
