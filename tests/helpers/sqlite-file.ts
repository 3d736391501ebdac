// A SQLite file of its own for each test, in a folder that is removed afterwards, and sessions on it with either driver.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import type { Session, SessionOptions } from '../../src/dialects/dialect.js'
import { type DriverName, driverNames, loadDriver } from '../../src/dialects/sqlite/session/driver.js'
import { openSession } from '../../src/dialects/sqlite/session/session.js'

type OpenOptions = Partial<SessionOptions> & { readonly driver?: DriverName }

interface SqliteFixtures {
  folder: string
  /** `database.sqlite` in that folder; made by the first `open`. */
  file: string
  open: (options?: OpenOptions) => Promise<Session>
}

export const test = base.extend<SqliteFixtures>({
  // vitest reads the names of fixtures out of this pattern.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-sqlite-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  file: async ({ folder }, use) => {
    await use(join(folder, 'database.sqlite'))
  },
  open: async ({ file }, use) => {
    const sessions: Session[] = []
    await use(async (options = {}) => {
      const session = await openWith(file, options)
      sessions.push(session)
      return session
    })
    for (const session of sessions) await session.close()
  },
})

async function openWith(file: string, { driver, ...options }: OpenOptions): Promise<Session> {
  const before = process.env['TIDEMARK_SQLITE_DRIVER']
  if (driver !== undefined) process.env['TIDEMARK_SQLITE_DRIVER'] = driver
  try {
    return await openSession({ database: file, foreignKeys: true, lockTimeoutMs: 1000, ...options })
  } finally {
    if (before === undefined) delete process.env['TIDEMARK_SQLITE_DRIVER']
    else process.env['TIDEMARK_SQLITE_DRIVER'] = before
  }
}

/** The drivers that this process has. */
export async function availableDrivers(): Promise<readonly DriverName[]> {
  const loaded = await Promise.allSettled(
    driverNames.map((name) => loadDriver({ TIDEMARK_SQLITE_DRIVER: name })),
  )
  return loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value.name] : []))
}
