// What the tests of migrations have to know of the database under test.

import { inject } from 'vitest'
import { loadDialect } from '../../../src/dialects/registry.js'
import type { DialectName } from '../../../src/schema/dialect-name.js'

/** That of the database under test, out of one for each. */
export function byDialect<T>(all: Readonly<Record<DialectName, T>>): T {
  return all[inject('dialect')]
}

/** Whether a migration and its row in the ledger are one transaction: then a failure leaves nothing of either. */
export const { transactionalDdl } = (await loadDialect(inject('dialect'))).capabilities

/** SQL that was written with names in double quotes, as this database quotes them. */
export function quoted(sql: string): string {
  return byDialect({
    sqlite: sql,
    postgres: sql,
    mysql: sql.replaceAll('"', '`'),
    mariadb: sql.replaceAll('"', '`'),
  })
}

/** A migration that says `transaction: false`. */
export function outsideTransaction(text: string): string {
  return text.replace('migration({', 'migration({ transaction: false,')
}
