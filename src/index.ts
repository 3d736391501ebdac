// The public surface of `tidemark`: every name listed by hand.

export { env } from './config/env.js'
export { defineConfig } from './config/define-config.js'
export type { ConnectionConfig, MigrationsConfig, TidemarkConfig } from './config/config.js'
export { migration } from './migrations/migration.js'
export type { Migration, MigrationContext, MigrationDefinition } from './migrations/migration.js'
