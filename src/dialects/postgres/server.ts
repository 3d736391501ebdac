// What is known of the server that a session reaches, and what its dialect depends on.

export interface PostgresServer {
  /** `server_version_num`: 150019 is 15.19. */
  readonly version: number
  /** A pooler in transaction mode stands in front. */
  readonly isPooled: boolean
}

/** Before a server has answered. */
export const unknownServer: PostgresServer = { version: 180_000, isPooled: false }
