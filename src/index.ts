// The public surface of `tidemark`: every name listed by hand.

export { defineConfig } from './config/define-config.js'
export { env } from './config/env.js'
export { Tidemark } from './tidemark.js'
export { migration } from './migrations/migration.js'
export { Database } from './query/database.js'
export { TableQuery } from './query/table-query.js'
export { Blueprint } from './schema/blueprint.js'
export { ColumnDefinition } from './schema/column-definition.js'
export { Expression } from './schema/expression.js'
export { ForeignIdColumnDefinition } from './schema/foreign-id-column-definition.js'
export { ForeignKeyDefinition } from './schema/foreign-key-definition.js'
export { IndexDefinition } from './schema/index-definition.js'
export { SchemaBuilder } from './schema/schema-builder.js'

export { ConfigError } from './config/errors.js'
export {
  InterruptedError,
  StatementError,
  TimeoutError,
  TransactionControlError,
} from './connection/errors.js'
export { BindingError, ConnectionError, UnsupportedError } from './dialects/errors.js'
export { LedgerError, MigrationError, MigrationFileError } from './migrations/errors.js'
export { QueryError } from './query/errors.js'
export { SchemaError } from './schema/errors.js'
export { ModuleError, TidemarkError } from './support/errors.js'

export type {
  Config,
  Connection,
  ConnectionConfig,
  LoadConfigOptions,
  MigrationsConfig,
  TidemarkConfig,
} from './config/config.js'
export type { Row, Statement } from './dialects/dialect.js'
export type { Finding, LintOptions, LintReport } from './lint/lint.js'
export type { Severity } from './lint/rule.js'
export type { MigrateOptions } from './migrations/migrate.js'
export type { Migration, MigrationContext, MigrationDefinition } from './migrations/migration.js'
export type {
  Direction,
  MigrateReport,
  MigrationEvents,
  MigrationRun,
  MigrationState,
  MigrationStatus,
} from './migrations/report.js'
export type { RollbackOptions } from './migrations/rollback.js'
export type { TransactionOptions } from './query/database.js'
export type { Register } from './query/register.js'
export type { DefaultValue, Value } from './schema/expression.js'
export type { ModelLike } from './schema/model-reference.js'
export type {
  CheckSnapshot,
  ColumnSnapshot,
  DatabaseSnapshot,
  ForeignKeySnapshot,
  IndexColumnSnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
  TableSummary,
  TriggerSnapshot,
  TypeSnapshot,
  ViewSnapshot,
} from './schema/snapshot.js'
export type { ErrorKind, ErrorPlace } from './support/errors.js'
export type { FreshOptions, Overview, RefreshOptions, TidemarkOptions, WipeOptions } from './tidemark.js'
