// Who holds the lock: enough for a person to find them, and for another process on the same machine to see that they
// are gone.

import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'

export interface LockHolder {
  readonly user: string
  readonly host: string
  readonly process: number
  /** Where the number of a process means the same: the host, its boot, and the namespace of processes. */
  readonly machine: string
  /** When the process began, in the machine's own count; a number that is used again has another. */
  readonly processStart: string
}

export function thisProcess(): LockHolder {
  return {
    user: userName(),
    host: hostname(),
    process: process.pid,
    machine: machineId(),
    processStart: processStart(process.pid),
  }
}

/** `ada@build-7`, for the ledger. */
export function whoIAm(): string {
  return `${userName()}@${hostname()}`
}

/** Whether the holder is known to be gone. Of a process on another machine nothing is known. */
export function isGone(holder: LockHolder): boolean {
  if (holder.machine !== machineId()) return false
  return !isAlive(holder.process) || processStart(holder.process) !== holder.processStart
}

/** `ada@build-7, process 4711`. */
export function describeHolder({ user, host, process: number }: LockHolder): string {
  return `${user}@${host}, process ${number}`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A container has a host name, and often shares it; what it cannot share is its namespace and the boot it runs in. */
function machineId(): string {
  return [hostname(), read('/proc/sys/kernel/random/boot_id'), namespace()].join(' ')
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

/** Field 22 of `/proc/PID/stat`, counted after the name, which may hold anything: proc(5). Empty elsewhere than on Linux. */
function processStart(pid: number): string {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
