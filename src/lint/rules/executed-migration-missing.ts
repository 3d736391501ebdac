import type { Rule } from '../rule.js'

export const rule: Rule = {
  id: 'executed-migration-missing',
  severity: 'error',
  hazard: 'A migration was applied and its file is gone: a new database is made without it.',
  check: ({ migrations }) =>
    migrations
      .filter(({ state }) => state === 'missing')
      .map((migration) => ({
        migration,
        message: `${migration.name} was applied, and its file is gone.`,
        remedy: `Restore the file; or undo it with tidemark migrate:rollback ${migration.name}; or forget it with tidemark migrate:repair ${migration.name}.`,
      })),
}
