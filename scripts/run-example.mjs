// Applies the migrations of examples/mediastream to a fresh SQLite file and shows what they made.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const project = `${root}examples/mediastream`
const cli = `${root}dist/cli.js`

if (!existsSync(cli)) run(`${root}scripts/build.mjs`)
for (const ending of ['', '-wal', '-shm', '-journal']) {
  rmSync(`${project}/database/database.sqlite${ending}`, { force: true })
}
run(cli, 'migrate')
run(cli, 'migrate:status')
run(cli, 'db:show', '--counts')
run(cli, 'db:table', 'users')

function run(script, ...words) {
  if (words.length > 0) console.log(`$ tidemark ${words.join(' ')}`)
  const { status } = spawnSync(process.execPath, [script, ...words], { cwd: project, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
