// Where a setting came from, so that a refusal can name the place to change.

import type { ErrorPlace } from '../support/errors.js'

export interface Origin {
  /** For messages: `.env line 4`, `the environment`, `tidemark.config.ts`. */
  readonly label: string
  readonly place: ErrorPlace
}

/** A setting as it was found, before anybody looked at its value. */
export interface Given {
  /** As the user wrote it: `DB_PORT`, `connections.reporting.port`. */
  readonly key: string
  readonly value: unknown
  readonly origin: Origin
}

export const processOrigin: Origin = { label: 'the environment', place: {} }
