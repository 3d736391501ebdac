// The page of options, from the one table of them.

import {
  type Option,
  type OptionTable,
  connectionAliases,
  connectionNames,
  options,
} from '../../src/config/options.js'
import { code, codes, page, table } from './markdown.js'

export async function configPage(): Promise<string> {
  return await page('src/config/options.ts', [
    '# Configuration',
    'With no configuration at all, the database is the SQLite file `database/database.sqlite`, and the migrations are in `database/migrations`. ' +
      'Settings come from `tidemark.config.ts` (also `.mts`, `.js`, `.mjs`), the process environment, `.env.<environment>` and `.env`; the process environment wins over the files, and `.env.<environment>` over `.env`. ' +
      'A connection that the config file names takes everything from there; use `env()` to bring in a variable.',
    configSample,
    'A value that cannot be right is refused before anything is opened, with the key, the place it came from, and what is allowed. A password is never shown.',
    'How to reach a server is told in [connect to PostgreSQL, MySQL or MariaDB](../how-to/connect-to-a-server.md). The options of `seeders` and `types` are read and have no effect yet. `statementTimeout` stops a statement on the server; on SQLite, where a statement runs inside the process and cannot be stopped, one that took longer has failed when it ends.',
    '## The environment',
    optionTable(options.application, ''),
    '## The config file',
    optionTable(options.root, ''),
    '## A connection',
    `The environment's keys belong to connections where no config file names any: there are ${codes(connectionNames)} then. ` +
      `A dialect may also be written ${codes(Object.keys(connectionAliases))}.`,
    optionTable(options.connection, 'connections.<name>.'),
    '## Migrations',
    optionTable(options.migrations, 'migrations.'),
    '## Seeders and types',
    optionTable(options.seeders, 'seeders.'),
    optionTable(options.types, 'types.'),
    '## Other variables',
    table(
      ['variable', 'does'],
      [
        [
          code('TIDEMARK_SQLITE_DRIVER'),
          '`better-sqlite3` or `node:sqlite`: takes this driver and no other. Otherwise the first one that loads.',
        ],
        [code('NO_COLOR'), 'No colours in the output.'],
        [code('FORCE_COLOR'), 'Colours where the output is no terminal too.'],
      ],
    ),
  ])
}

const configSample = `\`\`\`ts file=tidemark.config.ts
import { defineConfig, env } from 'tidemark'

export default defineConfig({
  default: env('DB_CONNECTION', 'sqlite'),
  connections: {
    sqlite: { dialect: 'sqlite', database: 'database/database.sqlite' },
    archive: { dialect: 'sqlite', database: env('ARCHIVE_FILE', 'database/archive.sqlite') },
  },
  migrations: {
    directory: 'database/migrations',
    naming: 'timestamp',
    lockTimeout: '10s',
  },
})
\`\`\`

\`\`\`sh
npx tidemark migrate:status --connection=archive
\`\`\``

function optionTable(rows: OptionTable, prefix: string): string {
  const hasVariables = Object.values(rows).some((option) => option.environment.length > 0)
  const heading = ['option', ...(hasVariables ? ['variable'] : []), 'allowed', 'default', 'what it is']
  return table(
    heading,
    Object.entries(rows).map(([key, option]) => [
      code(`${prefix}${key}`),
      ...(hasVariables ? [codes(option.environment)] : []),
      option.type.allowed,
      defaultOf(option),
      option.documentation,
    ]),
  )
}

function defaultOf({ default: fallback }: Option<unknown>): string {
  if (Array.isArray(fallback)) return codes(fallback)
  return ['string', 'number', 'boolean'].includes(typeof fallback)
    ? code(JSON.stringify(fallback).replaceAll('"', ''))
    : ''
}
