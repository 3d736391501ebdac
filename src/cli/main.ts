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

function interrupt(): void {
  // The second time nobody wants to wait for what is running.
  if (interruption.signal.aborted) process.exit(exitStatus.interrupted)
  interruption.abort()
}

process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// Whoever reads our output may stop reading, as `tidemark list | head -1` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommandLine(process.argv.slice(2), interruption.signal)
