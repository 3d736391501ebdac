// Writes the pages of docs/reference/ that are made from the code: the API, commands, options, column types, schema methods,
// errors. With --check it writes nothing, and fails where a page is not what the code would make of it.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const isCheck = process.argv.includes('--check')

/** The generator reads the project's own TypeScript, so it is bundled with it first. */
async function loadPages() {
  const folder = `${root}/node_modules/.cache/tidemark`
  const bundle = `${folder}/reference-${process.pid}.mjs`
  mkdirSync(folder, { recursive: true })
  await build({
    cwd: root,
    input: 'scripts/reference/pages.ts',
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    logLevel: 'silent',
    output: { file: bundle, format: 'esm', codeSplitting: false },
  })
  try {
    return (await import(pathToFileURL(bundle).href)).pages
  } finally {
    rmSync(bundle)
  }
}

function current(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const stale = []
for (const [name, make] of Object.entries(await loadPages())) {
  const file = `${root}/docs/reference/${name}`
  const text = await make(root)
  if (current(file) === text) continue
  stale.push(`docs/reference/${name}`)
  if (!isCheck) writeFileSync(file, text)
}

if (stale.length === 0) process.stdout.write('The reference is what the code says.\n')
else if (isCheck) {
  process.stderr.write(`Stale: ${stale.join(', ')}. Run: npm run docs:generate\n`)
  process.exitCode = 1
} else process.stdout.write(`Wrote ${stale.join(', ')}.\n`)
