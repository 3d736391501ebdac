// The generated pages, by the name of their file.

import { apiPage } from './api.js'
import { cliPage } from './cli.js'
import { columnTypesPage } from './column-types.js'
import { configPage } from './config.js'
import { errorsPage } from './errors.js'
import { lintRulesPage } from './lint-rules.js'
import { schemaPage } from './schema.js'

/** Each makes the whole text of its page; `root` is the project's folder. */
export const pages: Readonly<Record<string, (root: string) => Promise<string>>> = {
  'api.md': apiPage,
  'cli.md': cliPage,
  'column-types.md': columnTypesPage,
  'config.md': configPage,
  'errors.md': errorsPage,
  'lint-rules.md': lintRulesPage,
  'schema.md': schemaPage,
}
