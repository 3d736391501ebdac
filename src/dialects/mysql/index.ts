// MySQL. Most of it is shared with MariaDB: see family.ts.

import type { Dialect } from '../dialect.js'
import { dialectOf } from './family.js'
import { mysqlFlavour } from './flavour.js'

export const mysqlDialect: Dialect = dialectOf({
  flavour: mysqlFlavour,
  version: 90_000,
  charset: 'utf8mb4',
  collation: 'utf8mb4_unicode_ci',
})
