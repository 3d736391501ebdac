import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { ProvidedContext } from 'vitest'
import { type TestServer, addressOf, isThere, requiredServers, testServers } from './tests/helpers/servers.js'

/** One project for each kind of test; the contract under tests/database runs once for each server. */
function project(name: string, include: string[], provide: Partial<ProvidedContext> = {}) {
  return {
    resolve: { alias: { tidemark: fileURLToPath(new URL('src/index.ts', import.meta.url)) } },
    test: {
      name,
      include,
      setupFiles: [fileURLToPath(new URL('tests/helpers/property-seed.ts', import.meta.url))],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      provide,
    },
  }
}

/** The folders of tests/dialects/ that a dialect's tests are in; MySQL and MariaDB are one family. */
const folders: Readonly<Record<TestServer['dialect'], readonly string[]>> = {
  postgres: ['postgres'],
  mysql: ['mysql'],
  mariadb: ['mysql', 'mariadb'],
}

function testsOn({ name, dialect, tests }: TestServer): string[] {
  if (tests === 'migrators')
    return ['tests/database/migrators/**/*.test.ts', `tests/dialects/${name}/**/*.test.ts`]
  const own = folders[dialect].map((folder) => `tests/dialects/${folder}/**/*.test.ts`)
  return ['tests/database/**/*.test.ts', ...own]
}

async function serverProject(server: TestServer) {
  const { name, label, dialect, variable } = server
  const address = addressOf(server)
  if (!(await isThere(server))) {
    const isRequired = requiredServers().includes(name)
    const missingServer = { label, variable, address, isRequired }
    return project(name, ['tests/servers/missing.test.ts'], { missingServer })
  }
  const isPooler = server.isPooler ?? false
  return project(name, testsOn(server), { server: name, dialect, address, isPooler })
}

export default defineConfig(async () => ({
  test: {
    // The numbers of CI's machine and of a small laptop: two cores.
    maxWorkers: 2,
    projects: [
      project('unit', ['tests/unit/**/*.test.ts']),
      project('sqlite', ['tests/database/**/*.test.ts', 'tests/dialects/sqlite/**/*.test.ts'], {
        server: 'sqlite',
        dialect: 'sqlite',
        address: '',
      }),
      ...(await Promise.all(testServers.map(serverProject))),
      project('faults', ['tests/faults/**/*.test.ts']),
      project('cli', ['tests/cli/**/*.test.ts']),
      project('docs', ['tests/docs/**/*.test.ts']),
    ],
  },
}))
