// What concerns whole databases. A SQLite database is a file, so making one and dropping one is making and removing a
// file; the file that a session has open is emptied through that session.

import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseOverview, DatabaseTask, Session } from '../dialect.js'
import { UnsupportedError } from '../errors.js'
import { openSession } from './session/session.js'
import { wipe } from './wipe.js'

/** What SQLite keeps beside a database file. */
const companions = ['', '-journal', '-wal', '-shm']

export async function administer(session: Session, task: DatabaseTask): Promise<void> {
  switch (task.kind) {
    case 'createDatabase':
      return await createFile(task.name)
    case 'dropDatabaseIfExists':
      return removeFile(task.name)
    case 'emptyDatabaseFile':
      return await emptyFile(session, task.path)
    case 'ensureExtension':
      throw new UnsupportedError(
        'ensureExtensionExists()',
        'SQLite',
        `Leave it out where db.getDriverName() is 'sqlite'; "${task.name}" is an extension of PostgreSQL.`,
      )
  }
}

export async function overview(session: Session): Promise<DatabaseOverview> {
  const [row] = await session.query(
    'select sqlite_version() as version, page_count * page_size as size from pragma_page_count, pragma_page_size',
  )
  return { version: String(row?.['version']), sizeBytes: Number(row?.['size']) }
}

/** Makes the file and its folder where they are not there. */
export async function createFile(path: string): Promise<void> {
  const session = await openSession({ database: resolve(path), foreignKeys: false, lockTimeoutMs: 0 })
  try {
    // SQLite makes the file with the first write.
    await session.execute('vacuum')
  } finally {
    await session.close()
  }
}

function removeFile(path: string): void {
  for (const companion of companions) rmSync(resolve(path) + companion, { force: true })
}

async function emptyFile(session: Session, path: string | undefined): Promise<void> {
  const [row] = await session.query("select file from pragma_database_list where name = 'main'")
  if (path === undefined || resolve(path) === row?.['file']) {
    return await wipe(session, { tables: true, views: true, types: true })
  }
  removeFile(path)
  await createFile(path)
}
