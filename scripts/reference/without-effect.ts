// What some databases have and Laravel documents to do nothing on the others. tests/database/schema/without-effect.test.ts
// proves each on each database.

import type { DialectName } from '../../src/schema/dialect-name.js'

export const withoutEffect = {
  sqlite: [
    'after',
    'always',
    'charset',
    'comment',
    'engine',
    'first',
    'generatedAs',
    'innoDb',
    'invisible',
    'native',
    'unsigned',
    'useCurrentOnUpdate',
    'using',
  ],
  postgres: ['after', 'charset', 'engine', 'first', 'innoDb', 'invisible', 'unsigned', 'useCurrentOnUpdate'],
  mysql: ['always', 'generatedAs', 'native', 'using'],
  mariadb: ['always', 'generatedAs', 'native', 'using'],
} as const satisfies Readonly<Record<DialectName, readonly string[]>>
