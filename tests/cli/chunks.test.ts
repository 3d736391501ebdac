// What a process loads of the built package, told from the imports that are written in it: a run on one database reads
// nothing of another, and no driver before it is needed.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** What a file imports at once, and not by `import()`. */
function importsOf(file: string): string[] {
  const text = readFileSync(dist + file, 'utf8')
  const found = [...text.matchAll(/^(?:import|export)\b[^'"\n;]*["']([^"']+)["'];?$/gm)]
  return found.map(([, specifier = '']) => specifier)
}

/** The files that are loaded with those given, and the packages. */
function loadedWith(files: readonly string[]): ReadonlySet<string> {
  const loaded = new Set<string>()
  const open = [...files]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (loaded.has(next)) continue
    loaded.add(next)
    if (!next.endsWith('.js')) continue
    const own = importsOf(next).map((name) => name.replace(/^\.\/chunks\/|^\.\//, 'chunks/'))
    open.push(...own.map((name) => name.replace('chunks/../', '')))
  }
  return loaded
}

const common = ['cli.js', 'index.js', 'chunks/command-line.js', 'chunks/migrate.js', 'chunks/schema.js']
const chunksOf = (name: string): string[] => [`chunks/${name}.js`, `chunks/${name}-structure.js`]

test('what every run loads needs nothing else', () => {
  // Where this fails, scripts/build.mjs has to be told which chunk a new file belongs into.
  expect([...loadedWith(['chunks/core.js'])]).toEqual(['chunks/core.js'])
})

test.each([
  ['sqlite', ['servers', ...['postgres', 'mysql'].flatMap((name) => [name, `${name}-structure`])]],
  ['postgres', ['sqlite', 'sqlite-structure', 'mysql', 'mysql-structure']],
  ['mysql', ['sqlite', 'sqlite-structure', 'postgres', 'postgres-structure']],
])('a run on %s loads nothing of other databases', (name, others) => {
  const loaded = loadedWith([...common, ...chunksOf(name)])

  expect(loaded).toContain('chunks/core.js')
  expect(others.filter((other) => loaded.has(`chunks/${other}.js`))).toEqual([])
})

test('no driver and no other package is loaded before it is needed', () => {
  const files = ['cli.js', 'index.js', ...readdirSync(`${dist}chunks`).map((file) => `chunks/${file}`)]
  const eager = files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => importsOf(file).filter((name) => !name.startsWith('.') && !name.startsWith('node:')))

  expect(eager).toEqual([])
})
