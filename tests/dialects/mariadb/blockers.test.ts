// Who holds the lock on a table: MariaDB tells it where the plugin METADATA_LOCK_INFO is there.

import { afterAll, expect, test } from 'vitest'
import { administer } from '../../helpers/database.js'
import { openLockHolder } from '../../helpers/held-lock.js'
import { makeProject } from '../../helpers/project.js'
import { openTidemark } from '../../helpers/tidemark.js'
import { connect } from '../../../src/connection/connect.js'

/** Not every installation brings it along. */
const hasPlugin = await administer("install soname 'metadata_lock_info'").then(
  () => true,
  (error: unknown) => String(error).includes('already'),
)

afterAll(async () => {
  if (hasPlugin) await administer("uninstall soname 'metadata_lock_info'")
})

test.skipIf(!hasPlugin)('the session that has locked a table is told to whoever waits for it', async () => {
  const project = makeProject()
  const tidemark = await openTidemark(project)
  await (await tidemark.schema()).create('taken', (table) => table.integer('n'))
  const holder = await openLockHolder(project)
  await holder.run('lock tables taken write')
  const { session } = await connect((await tidemark.config()).connection(), { lockTimeoutMs: 20_000 })

  const waiting = session.execute('insert into taken values (1)')
  const blockers = await untilSome(() => session.blockers())
  await holder.run('unlock tables')
  await waiting
  await session.close()

  expect(blockers).toMatchObject([{ who: `session ${holder.id} of root`, ending: `kill ${holder.id}` }])
})

async function untilSome<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await ask()
    if (found.length > 0) return found
  }
}
