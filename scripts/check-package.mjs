// Checks the package as npm would publish it: what the tarball holds and how large it is, and that its entry points
// and types are what other tools expect (publint, arethetypeswrong).

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const maxPackedBytes = 400_000
const allowed =
  /^(?:dist\/|examples\/(?:mediastream\/database\/migrations|stackctl\/migrations)\/|CHANGELOG\.md$|LICENSE$|README\.md$|package\.json$)/
const wanted = [
  'dist/index.js',
  'dist/cli.js',
  'dist/typescript-hooks.js',
  'dist/types/index.d.ts',
  'README.md',
  'LICENSE',
]

function run(command, ...args) {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

const [packed] = Object.values(JSON.parse(run('npm', 'pack', '--json', '--silent')))
const tarball = `${root}/${packed.filename}`
try {
  const paths = packed.files.map(({ path }) => path)
  const problems = [
    ...paths.filter((path) => !allowed.test(path)).map((path) => `${path} is not meant to be in the package`),
    ...wanted.filter((path) => !paths.includes(path)).map((path) => `${path} is missing from the package`),
    ...(packed.size > maxPackedBytes
      ? [`the package is ${packed.size} bytes; the budget is ${maxPackedBytes}`]
      : []),
  ]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  process.stdout.write(`${packed.filename}: ${paths.length} files, ${packed.size} bytes\n`)
  process.stdout.write(run('npx', 'publint', '--strict', tarball))
  process.stdout.write(run('npx', 'attw', tarball, '--profile', 'esm-only', '--format', 'ascii'))
} finally {
  rmSync(tarball, { force: true })
}
