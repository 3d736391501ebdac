// `migrate` with 200 applied and nothing to do: the time of the whole process.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { flag, interleaved, median, printTable } from './measure.mjs'
import { makeProject } from './project.mjs'

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const raw = fileURLToPath(new URL('raw.mjs', import.meta.url))

export async function run(flags) {
  const rounds = Number(flag(flags, 'rounds', 31))
  const { folder, remove } = makeProject(200)
  try {
    const made = spawnSync(process.execPath, [command, 'migrate'], { cwd: folder, encoding: 'utf8' })
    if (made.status !== 0) throw new Error(made.stderr)
    const times = interleaved(
      [
        { name: 'node -e 0', args: ['-e', '0'], cwd: folder },
        { name: 'raw', args: [raw, 'status'], cwd: folder },
        { name: 'tidemark migrate', args: [command, 'migrate'], cwd: folder },
      ],
      rounds,
    )
    const base = median(times.raw)
    printTable(
      `cold: 200 applied, nothing to do; Node ${process.version}, medians of ${rounds} interleaved runs`,
      [
        ['', 'ms', 'x raw'],
        ...Object.entries(times).map(([name, all]) => [
          name,
          median(all).toFixed(1),
          (median(all) / base).toFixed(2),
        ]),
      ],
    )
  } finally {
    remove()
  }
}
