import type { Rule } from '../rule.js'

export const rule: Rule = {
  id: 'executed-migration-modified',
  severity: 'error',
  hazard: 'A migration was edited after it was applied: databases that get it from now on become different.',
  check: ({ migrations }) =>
    migrations
      .filter(({ state }) => state === 'changed')
      .map((migration) => ({
        migration,
        message: `${migration.name} was changed after it was applied.`,
        remedy: `Restore the file and write a new migration; or accept it with tidemark migrate:repair ${migration.name}.`,
      })),
}
