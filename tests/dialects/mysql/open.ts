// A session on a database of its own, past the layer that explains errors, so that what the driver throws is seen.

import { inject, onTestFinished } from 'vitest'
import type { ConnectionTarget } from '../../../src/connection/connect.js'
import type { Opened, ServerOptions, SessionOptions } from '../../../src/dialects/dialect.js'
import { loadDialect } from '../../../src/dialects/registry.js'
import { makeDatabase, serverOptionsOf } from '../../helpers/database.js'

export interface Workbench extends Opened {
  readonly options: SessionOptions
  /** Another session of the same database. */
  readonly openAnother: (options?: Partial<SessionOptions>) => Promise<Opened>
}

export async function openWorkbench(options: Partial<SessionOptions> = {}): Promise<Workbench> {
  const { target } = await makeDatabase()
  const first = { ...optionsOf(target), ...options }
  return {
    ...(await open(first)),
    options: first,
    openAnother: (others = {}) => open({ ...first, ...others }),
  }
}

export async function open(options: SessionOptions): Promise<Opened> {
  const dialect = await loadDialect(inject('dialect'))
  const opened = await dialect.open(options)
  onTestFinished(() => opened.session.close())
  return opened
}

export function optionsOf({ database, foreignKeys, server }: ConnectionTarget): SessionOptions {
  return { database, foreignKeys, lockTimeoutMs: 5000, ...(server !== undefined && { server }) }
}

export const isMariadb = inject('dialect') === 'mariadb'

/** Of the server of this project, as whom tests are. */
export function serverOptions(): ServerOptions {
  return serverOptionsOf(new URL(inject('address')))
}
