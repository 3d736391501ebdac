import { makeMigration } from '../../scaffold/make-migration.js'
import { defineCommand } from '../command.js'
import { refuseTogether } from '../errors.js'
import { flag, text } from '../options.js'
import { printMadeMigration } from '../output/scaffolding.js'

export const command = defineCommand({
  arguments: { name: { summary: 'what it does, as in create_users_table', isRequired: true } },
  options: {
    create: text('TABLE', 'the table that it creates, unless the name says'),
    table: text('TABLE', 'the table that it changes, unless the name says'),
    sql: flag('write SQL instead of TypeScript'),
    ts: flag('write TypeScript; so unless said otherwise', { isHidden: true }),
  },
  examples: [
    'tidemark make:migration create_users_table',
    'tidemark make:migration add_phone_to_users_table',
    'tidemark make:migration cleanup --table=users --sql',
  ],
  async run(context) {
    const { create, table, sql, ts } = context.options
    refuseTogether('make:migration', { '--create': create, '--table': table })
    refuseTogether('make:migration', { '--sql': sql, '--ts': ts })
    const { name } = context.arguments
    const made = makeMigration(await context.config(), {
      name,
      create,
      table,
      style: sql || (name.endsWith('.sql') && !ts) ? 'sql' : 'schema',
      isShort: false,
      directory: context.globals.path[0],
      now: new Date(),
    })
    return {
      data: { name: made.name, file: made.file, ...made.purpose },
      print: (terminal) => printMadeMigration(terminal, made, 'migrate'),
    }
  },
})
