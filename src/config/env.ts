// `env()` for config files. What it reads is process-wide, as the environment is, and is kept under a registered
// symbol: the project's own copy of the package and the one that runs may be two.

import type { Variables } from './variables.js'

const slot = Symbol.for('tidemark.variables')
// Proof: nobody else uses a symbol of this name; before a configuration is loaded the slot is empty.
const processWide = globalThis as { [slot]?: Variables }

/** From now on `env` reads these. */
export function provideEnv(variables: Variables): void {
  processWide[slot] = variables
}

/**
 * A variable of the process environment or of the project's `.env` files, for use in `tidemark.config.ts`.
 *
 * @param key Its name.
 * @param fallback What to give where it is not set.
 *
 * @example
 * export default defineConfig({
 *   connections: { reporting: { dialect: 'pgsql', url: env('REPORTING_URL') } },
 * })
 */
export function env(key: string): string | undefined
export function env(key: string, fallback: string): string
export function env(key: string, fallback?: string): string | undefined {
  const variables = processWide[slot]
  const value = variables === undefined ? process.env[key] : variables.get(key)?.value
  return value ?? fallback
}
