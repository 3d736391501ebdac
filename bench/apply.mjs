// Applies 200, 1,000 and 5,000 migrations and rolls them back: the time of the whole process, and how it grows.

import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { flag, interleaved, median, printTable } from './measure.mjs'
import { makeProject } from './project.mjs'

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const raw = fileURLToPath(new URL('raw.mjs', import.meta.url))

export async function run(flags) {
  const rows = [['migrations', 'work', 'raw ms', 'tidemark ms', 'x raw']]
  const sizes = flag(flags, 'sizes', '200,1000,5000').split(',').map(Number)
  for (const size of sizes) rows.push(...measure(size, Number(flag(flags, 'rounds', size > 1000 ? 3 : 7))))
  printTable(
    `apply and roll back; Node ${process.version}, medians of interleaved runs, whole processes`,
    rows,
  )
}

function measure(size, rounds) {
  const { folder, database, remove } = makeProject(size)
  const emptied = () => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true })
  }
  try {
    const times = interleaved(
      [
        { name: 'import', args: [raw, 'import'], cwd: folder },
        { name: 'raw up', args: [raw, 'up'], cwd: folder, before: emptied },
        { name: 'raw down', args: [raw, 'down'], cwd: folder },
        { name: 'up', args: [command, 'migrate', '--quiet'], cwd: folder, before: emptied },
        { name: 'down', args: [command, 'migrate:reset', '--quiet'], cwd: folder },
      ],
      rounds,
    )
    const rows = ['up', 'down'].map((work) => {
      const [bare, ours] = [median(times[`raw ${work}`]), median(times[work])]
      return [size, work, bare.toFixed(0), ours.toFixed(0), (ours / bare).toFixed(2)]
    })
    return [[size, 'import', median(times.import).toFixed(0), '', ''], ...rows]
  } finally {
    remove()
  }
}
