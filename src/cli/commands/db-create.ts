import { makeMigration } from '../../scaffold/make-migration.js'
import { defineCommand } from '../command.js'
import { refuseTogether } from '../errors.js'
import { flag } from '../options.js'
import { printMadeMigration } from '../output/scaffolding.js'

export const command = defineCommand({
  arguments: { name: { summary: 'what it does, as in create_articles', isRequired: true } },
  options: {
    sql: flag('write a file of SQL'),
    ts: flag('write SQL in TypeScript; so unless said otherwise'),
  },
  examples: ['tidemark db:create create_articles', 'tidemark db:create add_excerpt_to_articles --sql'],
  async run(context) {
    const { sql, ts } = context.options
    refuseTogether('db:create', { '--sql': sql, '--ts': ts })
    const { name } = context.arguments
    const made = makeMigration(await context.config(), {
      name,
      style: sql || (name.endsWith('.sql') && !ts) ? 'sql' : 'module',
      isShort: true,
      directory: context.globals.path[0],
      now: new Date(),
    })
    return {
      data: { name: made.name, file: made.file, ...made.purpose },
      print: (terminal) => printMadeMigration(terminal, made, 'db:apply'),
    }
  },
})
