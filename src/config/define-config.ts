// Types a config file's default export.

import type { TidemarkConfig } from './config.js'

/** What a config file may export: the configuration, a promise of it, or a function that gives either. */
export type ConfigExport =
  TidemarkConfig | Promise<TidemarkConfig> | (() => TidemarkConfig | Promise<TidemarkConfig>)

/**
 * Types the default export of `tidemark.config.ts`.
 *
 * @example
 * export default defineConfig({
 *   default: env('DB_CONNECTION', 'sqlite'),
 *   connections: {
 *     sqlite: { dialect: 'sqlite', database: 'database/database.sqlite' },
 *   },
 *   migrations: { directory: 'database/migrations', lockTimeout: '10s' },
 * })
 */
export function defineConfig(config: ConfigExport): ConfigExport {
  return config
}
