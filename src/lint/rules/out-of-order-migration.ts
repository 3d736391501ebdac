import type { Rule } from '../rule.js'

export const rule: Rule = {
  id: 'out-of-order-migration',
  severity: 'warn',
  hazard: 'A new migration comes before one that is applied: a new database runs them in another order.',
  check: ({ migrations }) =>
    migrations
      .filter(({ isOutOfOrder }) => isOutOfOrder)
      .map((migration) => ({
        migration,
        message: `${migration.name} is new, and comes by its name before a migration that is applied.`,
        remedy: `Rename it so that it comes last; or let it run where it is with tidemark migrate:repair ${migration.name}.`,
      })),
}
