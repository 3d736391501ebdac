// Every rule, in the order in which the documentation has them.

import type { Rule } from '../rule.js'
import { rule as duplicateTimestamp } from './duplicate-timestamp.js'
import { rule as executedMigrationMissing } from './executed-migration-missing.js'
import { rule as executedMigrationModified } from './executed-migration-modified.js'
import { rule as outOfOrderMigration } from './out-of-order-migration.js'

export const rules: readonly Rule[] = [
  duplicateTimestamp,
  executedMigrationMissing,
  executedMigrationModified,
  outOfOrderMigration,
]
