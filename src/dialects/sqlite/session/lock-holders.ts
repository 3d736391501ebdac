// Which processes hold a file's lock. SQLite does not say; Linux does, in /proc/locks, by the numbers of processes and files.
// The bytes that SQLite locks: https://www.sqlite.org/src/file/src/os.h and https://www.sqlite.org/walformat.html#locks

import { readFileSync, statSync } from 'node:fs'
import { type Blocker, shortText } from '../../blocker.js'

interface Locked {
  readonly file: string
  /** The first and last byte. */
  readonly first: number
  readonly last: number
}

const pendingByte = 0x40000000

interface Holder {
  readonly isWriter: boolean
  readonly process: number
}

/** None where nobody tells. */
export function lockHolders(path: string): readonly Blocker[] {
  const places: readonly Locked[] = [
    { file: path, first: pendingByte, last: pendingByte + 511 },
    { file: `${path}-shm`, first: 120, last: 127 },
  ]
  try {
    const lines = readFileSync('/proc/locks', 'utf8').split('\n')
    return described(places.flatMap((place) => holdersIn(lines, place)))
  } catch {
    return []
  }
}

/** This process holds locks of its own while it waits for that of another. */
function described(holders: readonly Holder[]): readonly Blocker[] {
  const others = holders.filter((holder) => holder.process !== process.pid)
  const writers = others.filter(({ isWriter }) => isWriter)
  const named = new Set((writers.length > 0 ? writers : others).map((holder) => holder.process))
  if (named.size > 0) return [...named].map(describeProcess)
  return holders.length === 0 ? [] : [{ who: `another session of this process, ${process.pid}` }]
}

/** `12: POSIX  ADVISORY  WRITE 4711 fd:00:131 1073741825 1073741825` */
function holdersIn(lines: readonly string[], { file, first, last }: Locked): readonly Holder[] {
  const inode = inodeOf(file)
  return lines.flatMap((line) => {
    const [, mode, id, node, from, to] =
      /^\d+: \w+ +\w+ +(READ|WRITE) +(\d+) \S+:(\d+) (\d+) (\w+)$/.exec(line) ?? []
    const isThere = node === inode && Number(from) <= last && (to === 'EOF' || Number(to) >= first)
    return isThere ? [{ isWriter: mode === 'WRITE', process: Number(id) }] : []
  })
}

function inodeOf(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false, bigint: true })?.ino.toString()
}

function describeProcess(id: number): Blocker {
  return { who: `process ${id}`, doing: commandOf(id), ending: `kill ${id}` }
}

function commandOf(id: number): string {
  return shortText(readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' '))
}
