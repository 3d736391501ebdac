// The page of what an application calls: `Tidemark`, its events, and `db`.

import ts from 'typescript'
import { code, methodTable, page, table } from './markdown.js'
import {
  type Method,
  type SourceFile,
  publicMethods,
  readSource,
  readSources,
  summaryOf,
  walk,
} from './source.js'

export async function apiPage(root: string): Promise<string> {
  const query = readSources(root, 'src/query')
  const methodsOf = (sources: readonly SourceFile[], ...classes: string[]): readonly Method[] =>
    classes.flatMap((name) => sources.flatMap((source) => publicMethods(source, name)))
  return await page('src/tidemark.ts, src/migrations/report.ts and src/query', [
    '# The API',
    'What the [commands](cli.md) do, an application can do. A `Tidemark` opens what it needs when it is first used, and `close()` lets go of it.',
    sample,
    '## Tidemark',
    'Made by `new Tidemark({ root, connection, config, file, environment, paths, lockWait, signal })`; each may be left out. `root` is the project, the working directory unless given; `config` is what a config file would export. Aborting `signal` stops what is running, as `interrupt()` does, and whatever would begin after it.',
    methodTable(methodsOf([readSource(root, 'src/tidemark.ts')], 'Tidemark')),
    '## Events',
    'Listened to with `tidemark.on(name, listener)`.',
    table(['event', 'when'], events(readSource(root, 'src/migrations/report.ts'))),
    '## db',
    'What `up` and `down` are handed beside `schema`, and what `tidemark.db()` gives.',
    methodTable(methodsOf(query, 'Database')),
    '## db.table()',
    'A query of one table. Each method but those that read or write returns the query itself. A value is always bound; `undefined` is an error.',
    methodTable(methodsOf(query, ...queryClasses(query)).filter(({ name }) => name !== 'conditionNode')),
  ])
}

const sample = `\`\`\`ts file=migrate.mjs
import { Tidemark, TidemarkError } from 'tidemark'

const tidemark = new Tidemark()
tidemark.on('migrationEnded', ({ name, durationMs }) => console.log(name, Math.round(durationMs)))
try {
  await tidemark.migrate()
} catch (error) {
  if (error instanceof TidemarkError) console.error(error.code, error.message, error.remedy)
  throw error
} finally {
  await tidemark.close()
}
\`\`\`

\`\`\`sh
node migrate.mjs
\`\`\``

/** TableQuery and the classes that it stands on, itself first. */
function queryClasses(sources: readonly SourceFile[]): readonly string[] {
  const bases = new Map<string, string>()
  for (const { tree } of sources) {
    walk(tree, (node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return
      const base = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
        ?.types[0]
      if (base !== undefined) bases.set(node.name.text, base.expression.getText())
    })
  }
  const chain = ['TableQuery']
  for (let base = bases.get('TableQuery'); base !== undefined; base = bases.get(base)) chain.push(base)
  return chain
}

function events({ tree }: SourceFile): readonly (readonly string[])[] {
  const rows: string[][] = []
  walk(tree, (node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'MigrationEvents') return
    for (const member of node.members) rows.push(eventRow(member))
  })
  return rows
}

/** Where there is no comment, the name is one: `migrationEnded`. */
function eventRow(member: ts.TypeElement): string[] {
  const name = member.name?.getText() ?? ''
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return [code(name), summaryOf(member) || `${words.charAt(0).toUpperCase()}${words.slice(1)}.`]
}
