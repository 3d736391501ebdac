// A signal that comes while the command is still being loaded.

import { expect, test } from 'vitest'
import { createTable, makeProject } from '../../helpers/project.js'
import { outcomeOf, startCli } from '../../helpers/run-cli.js'
import { openTidemark, states, variablesOf } from '../../helpers/tidemark.js'

/** Sends the process a signal as soon as it listens to such. */
const early = `process.on('newListener', (name) => {
  if (name === 'SIGTERM') setImmediate(() => process.kill(process.pid, 'SIGTERM'))
})`

test('ends the command, and nothing is done after it', { timeout: 20_000 }, async () => {
  const project = makeProject({
    'early.mjs': early,
    'database/migrations/001_users.ts': createTable('users'),
  })
  const variables = await variablesOf(project)
  const NODE_OPTIONS = `--import=${project.root}/early.mjs`

  const { status, stderr } = await outcomeOf(startCli(project, ['migrate'], { ...variables, NODE_OPTIONS }))

  expect(status).toBe(130)
  expect(stderr).toContain('TM_INTERRUPTED')
  expect(await states(await openTidemark(project))).toEqual({ '001_users': 'pending' })
})
