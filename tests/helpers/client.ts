// The database's own client, which tests of db:shell need: whether it is on this machine.

import { spawnSync } from 'node:child_process'
import { inject } from 'vitest'
import type { DialectName } from '../../src/schema/dialect-name.js'
import { requiredServers } from './servers.js'

const clients: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: ['sqlite3'],
  postgres: ['psql'],
  mysql: ['mysql', 'mariadb'],
  mariadb: ['mysql', 'mariadb'],
}

/** `psql`, or `mysql or mariadb`. */
export const clientName = clients[inject('dialect')].join(' or ')

/** Whether there is no client and none has to be: where a server is required, so is its client. */
export const lacksClient =
  !requiredServers().includes(inject('server')) && !clients[inject('dialect')].some(isInstalled)

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}
