import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../../helpers/project.js'
import { openTidemark } from '../../helpers/tidemark.js'

test('a database that could not be opened is tried again by the next call', async () => {
  const project = makeProject({})
  const file = join(project.root, 'database', 'database.sqlite')
  mkdirSync(file, { recursive: true })
  const tidemark = await openTidemark(project)
  await expect(tidemark.tables()).rejects.toMatchObject({ code: 'TM_CONNECTION_FAILED' })

  rmdirSync(file)

  expect(await tidemark.tables()).toEqual([])
})
