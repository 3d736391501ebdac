import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { DialectName } from './src/schema/dialect-name.js'

/** One project for each kind of test; the contract under tests/database runs once for each dialect. */
function project(name: string, include: string[], dialect?: DialectName) {
  return {
    resolve: { alias: { tidemark: fileURLToPath(new URL('src/index.ts', import.meta.url)) } },
    test: {
      name,
      include,
      setupFiles: [fileURLToPath(new URL('tests/helpers/property-seed.ts', import.meta.url))],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      ...(dialect === undefined ? {} : { provide: { dialect } }),
    },
  }
}

export default defineConfig({
  test: {
    // The numbers of CI's machine and of a small laptop: two cores.
    maxWorkers: 2,
    projects: [
      project('unit', ['tests/unit/**/*.test.ts']),
      project('sqlite', ['tests/database/**/*.test.ts', 'tests/dialects/sqlite/**/*.test.ts'], 'sqlite'),
      project('faults', ['tests/faults/**/*.test.ts']),
      project('cli', ['tests/cli/**/*.test.ts']),
      project('docs', ['tests/docs/**/*.test.ts']),
    ],
  },
})
