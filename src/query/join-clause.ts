// The conditions of a join: columns by `on`, and everything that `where` can say.

import { ConditionBuilder } from './condition-builder.js'
import type { ColumnComparison } from './operands.js'

export class JoinClause extends ConditionBuilder {
  /** `('users.id', 'posts.user_id')`, or with an operator between them. */
  on(...columns: ColumnComparison): this {
    return this.whereColumn(...columns)
  }

  orOn(...columns: ColumnComparison): this {
    return this.orWhereColumn(...columns)
  }
}
