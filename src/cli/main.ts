#!/usr/bin/env node
// The command `tidemark`. The only file that reads the process's arguments and signals and sets its exit status.

import * as nodeModule from 'node:module'

// Node 22.8 and later keep what they compiled; a whole start takes a tenth less. It has to be asked for before the rest
// is imported.
const enableCompileCache: unknown = Reflect.get(nodeModule, 'enableCompileCache')
if (typeof enableCompileCache === 'function') enableCompileCache()
const { exitStatus } = await import('./exit-status.js')
const { runCommandLine } = await import('./run-command-line.js')

const interruption = new AbortController()
const stray = new AbortController()
const standstill = new AbortController()
let hasEnded = false

/** Who is told of signals instead of us. */
let receiver: ((signal: NodeJS.Signals) => void) | undefined

function interrupt(signal: NodeJS.Signals): void {
  if (receiver !== undefined) return receiver(signal)
  // The second time nobody wants to wait for what is running.
  if (interruption.signal.aborted) process.exit(exitStatus.interrupted)
  interruption.abort()
}

async function handSignalsTo<T>(
  receive: (signal: NodeJS.Signals) => void,
  work: () => Promise<T>,
): Promise<T> {
  receiver = receive
  try {
    return await work()
  } finally {
    receiver = undefined
  }
}

process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// Whoever reads our output may stop reading, as `tidemark list | head -1` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.on('unhandledRejection', (reason) => {
  stray.abort(reason)
})
process.once('beforeExit', () => {
  standstill.abort()
})
// A migration may call process.exit(); nobody is to take that for success.
process.on('exit', (status) => {
  if (hasEnded || status !== exitStatus.done) return
  process.stderr.write(
    '\n  Error  The process was made to exit, by process.exit(), before its work was done.\n\n',
  )
  process.exitCode = exitStatus.failed
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  interruption: interruption.signal,
  stray: stray.signal,
  standstill: standstill.signal,
  handSignalsTo,
})
hasEnded = true
