// MariaDB: what differs from MySQL (flavour.ts), and nothing else.

import type { Dialect } from '../dialect.js'
import { dialectOf } from '../mysql/family.js'
import { mariadbFlavour } from './flavour.js'

export const mariadbDialect: Dialect = dialectOf({
  flavour: mariadbFlavour,
  version: 110_800,
  charset: 'utf8mb4',
  collation: 'utf8mb4_unicode_ci',
})
