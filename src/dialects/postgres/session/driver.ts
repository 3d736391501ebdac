// The npm package `pg`, loaded when the first connection is made, and what of it the types do not tell.

import { once } from '../../../support/once.js'
import type { Client, ClientConfig, QueryArrayConfig } from 'pg'
import { driverMissing } from '../../connection-failure.js'

export type { Client, ClientConfig, QueryArrayConfig }

/** The part of a client's connection that is used here; in each release of `pg` 8, and in none of its types. */
export interface ClientConnection {
  on(event: 'readyForQuery', listener: (message: { readonly status: string }) => void): void
  readonly stream: { destroy(): void }
}

/** @throws ConnectionError TM_DRIVER_MISSING */
export const loadClient = once(async (): Promise<new (config: ClientConfig) => Client> => {
  try {
    return (await import('pg')).default.Client
  } catch (error) {
    throw driverMissing('PostgreSQL', 'pg', error)
  }
})

export function connectionOf(client: Client): ClientConnection {
  // See above: the property is public, and not declared.
  return (client as unknown as { readonly connection: ClientConnection }).connection
}
