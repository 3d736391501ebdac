// The built command where no driver of a server is installed: a copy of dist/ in a folder from which Node finds no package.

import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeProject } from '../helpers/project.js'
import { outcomeOf } from '../helpers/run-cli.js'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))

test.each([
  ['postgres://jane:s3cret@127.0.0.1:1/shop', 'PostgreSQL', 'npm install pg'],
  ['mysql://jane:s3cret@127.0.0.1:1/shop', 'MySQL', 'npm install mysql2'],
  ['mariadb://jane:s3cret@127.0.0.1:1/shop', 'MariaDB', 'npm install mysql2'],
])('%s without its driver says what to install', async (DB_URL, label, install) => {
  const project = makeProject({ 'tool/package.json': '{ "type": "module" }' })
  cpSync(dist, project.path('tool/dist'), { recursive: true })

  const env = { PATH: process.env['PATH'], DB_URL }
  const words = [project.path('tool/dist/cli.js'), 'migrate:status']
  const { status, stderr } = await outcomeOf(spawn(process.execPath, words, { cwd: project.root, env }))

  expect(status).toBe(1)
  expect(stderr).toContain(label)
  expect(stderr).toContain(install)
  expect(stderr).toContain('TM_DRIVER_MISSING')
  expect(stderr).not.toContain('s3cret')
})
