// What can be wrong with a configuration. Every one of these is found before a database is opened, and none of them
// shows a password: values that may hold one are masked by mask.ts before they get here.

import { TidemarkError } from '../support/errors.js'
import type { ErrorOptions } from '../support/errors.js'

/** Something in the configuration, `.env` or the environment cannot be right; nothing was tried. */
export class ConfigError extends TidemarkError {
  override readonly name = 'ConfigError'

  constructor(options: Omit<ErrorOptions, 'kind'>) {
    super({ ...options, kind: 'usage' })
  }
}
