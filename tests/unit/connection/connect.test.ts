import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load-config.js'
import { connect } from '../../../src/connection/connect.js'

test('opens the database of a configured connection', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-connect-')))
  const config = await loadConfig({ root, variables: { DB_DATABASE: 'data/app.db' } })
  const { dialect, session } = await connect(config.connection(), config.migrations)

  expect(dialect.name).toBe('sqlite')
  expect(await session.query('select file from pragma_database_list')).toEqual([
    { file: join(root, 'data/app.db') },
  ])

  await session.close()
  rmSync(root, { recursive: true })
})
