// What compiles in a config file, and what does not: checked by `tsc --noEmit`.

import { defineConfig, env } from '../../src/index.js'

export const settings = [
  defineConfig({}),
  defineConfig({ default: env('DB_CONNECTION', 'sqlite') }),
  defineConfig({ connections: { reporting: { dialect: 'pgsql', url: env('REPORTING_URL') } } }),
  defineConfig({ migrations: { directory: ['a', 'b'], naming: 'sequential', lockTimeout: '10s' } }),
  defineConfig(async () => ({ migrations: { lockTimeout: 500 } })),
  // @ts-expect-error an unknown key
  defineConfig({ migration: {} }),
  // @ts-expect-error an unknown way of naming
  defineConfig({ migrations: { naming: 'date' } }),
  // @ts-expect-error a database that there is not
  defineConfig({ connections: { main: { dialect: 'sqlit' } } }),
  // @ts-expect-error no length of time
  defineConfig({ migrations: { lockTimeout: '10 parsecs' } }),
  // @ts-expect-error a flag that is a number
  defineConfig({ connections: { main: { foreignKeys: 1 } } }),
]

export const fallback: string = env('KEY', 'fallback')
// @ts-expect-error without a fallback it may be undefined
export const missing: string = env('KEY')
