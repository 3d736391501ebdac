// Times whole processes, interleaved so that what else the machine does falls on all of them alike.

import { spawnSync } from 'node:child_process'

/** Runs each of `contenders` once a round; `before` each run, untimed. Returns the milliseconds of each by its name. */
export function interleaved(contenders, rounds) {
  const times = Object.fromEntries(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, args, cwd, before } of contenders) {
      before?.()
      const startedAt = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd,
        encoding: 'utf8',
        env: cleanEnvironment,
      })
      times[name].push(performance.now() - startedAt)
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
    }
  }
  return times
}

const cleanEnvironment = {
  ...process.env,
  NODE_ENV: '',
  APP_ENV: '',
  DB_CONNECTION: '',
  DATABASE_URL: '',
  DB_URL: '',
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

export function printTable(title, rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  process.stdout.write(`\n${title}\n`)
  for (const row of rows) {
    process.stdout.write(
      `  ${row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`,
    )
  }
}

export function flag(flags, name, fallback) {
  const found = flags.find((text) => text.startsWith(`--${name}=`))
  return found === undefined ? fallback : found.slice(name.length + 3)
}
