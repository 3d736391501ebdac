import { namesByPrefix } from '../../migrations/names.js'
import type { Rule } from '../rule.js'

export const rule: Rule = {
  id: 'duplicate-timestamp',
  severity: 'notice',
  hazard:
    'Two migrations have one timestamp or one number, as branches make them that are merged: only the rest of their names says which runs first.',
  check: ({ migrations, isJudged }) =>
    [...namesByPrefix(migrations.map(({ name }) => name))].flatMap(([prefix, names]) => {
      // The one to rename is one that no database has yet.
      const migration = migrations.findLast((one) => names.includes(one.name) && isJudged(one))
      if (migration === undefined) return []
      const others = names.filter((name) => name !== migration.name)
      return [
        {
          migration,
          message: `${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} ${prefix} too; they run in the order of their whole names.`,
          remedy: `Rename ${migration.name} if no database has it yet.`,
        },
      ]
    }),
}
