#!/usr/bin/env node
// The command `tidemark`. The only file that reads the process's arguments and signals and sets its exit status.

import { exitStatus } from './exit-status.js'
import { runCommandLine } from './run-command-line.js'

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
