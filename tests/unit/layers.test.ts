// The layers of src/: a folder imports from those below it and from nothing else, and only dialects/ knows which
// database it has.

import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/** Each folder with those that it may import from, beside itself. The order is the order of the layers. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  support: [],
  schema: ['support'],
  dialects: ['schema', 'support'],
  config: ['dialects', 'schema', 'support'],
  connection: ['config', 'dialects', 'schema', 'support'],
  query: ['connection', 'dialects', 'schema', 'support'],
  migrations: ['query', 'connection', 'dialects', 'schema', 'support'],
  lint: ['migrations', 'support'],
  scaffold: ['config', 'migrations', 'schema', 'support'],
  'tidemark.ts': ['lint', 'migrations', 'query', 'connection', 'config', 'dialects', 'schema', 'support'],
  cli: [
    'tidemark.ts',
    'scaffold',
    'lint',
    'migrations',
    'query',
    'connection',
    'config',
    'dialects',
    'schema',
    'support',
  ],
  'index.ts': [
    'tidemark.ts',
    'lint',
    'migrations',
    'query',
    'connection',
    'config',
    'dialects',
    'schema',
    'support',
  ],
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const textOf = (file: string): string => readFileSync(join(src, file), 'utf8')
const layerOf = (file: string): string => file.split('/')[0] ?? ''

function importsOf(file: string): string[] {
  const specifiers = [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, specifier = '']) => specifier,
  )
  return specifiers.map((specifier) => posix.join(dirname(file), specifier.replace(/\.js$/, '.ts')))
}

test('every folder of src has its layer', () => {
  const layers = [...new Set(files.map(layerOf))].sort()

  expect(layers).toEqual(Object.keys(allowed).sort())
})

test('a folder imports only from the layers below it', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter(
        (target) => layerOf(target) !== layerOf(file) && !allowed[layerOf(file)]?.includes(layerOf(target)),
      )
      .map((target) => `${file} imports ${target}`),
  )

  expect(upward).toEqual([])
})

test('only dialects/ and config/ ask which dialect it is', () => {
  const asking = files
    .filter((file) => !['dialects', 'config'].includes(layerOf(file)))
    .filter((file) => /[!=]== '(sqlite|postgres|pgsql|mysql|mariadb)'/.test(textOf(file)))

  expect(asking.map((file) => relative(src, join(src, file)))).toEqual([])
})

test('each database is known only inside its own folder of dialects/', () => {
  const shared = files.filter((file) => /^dialects\/[^/]+\.ts$/.test(file) && file !== 'dialects/registry.ts')

  expect(
    shared.filter((file) => importsOf(file).some((target) => /^dialects\/[^/]+\//.test(target))),
  ).toEqual([])
})
