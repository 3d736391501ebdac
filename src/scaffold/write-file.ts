// Writes new files for the user: whole or not at all, and never over a file that is there.

import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { cannotWrite } from './errors.js'

/** Makes the file with its folders; `false` where it was there already, which is then left as it is. */
export function writeNewFile(path: string, text: string): boolean {
  if (existsSync(path)) return false
  const draft = `${path}.${process.pid}.draft`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, text)
    // Unlike a rename, a link fails where somebody else made the file in the meantime.
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST' && existsSync(path)) return false
    throw cannotWrite(path, error)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Makes the folder; `false` where it was there. */
export function makeFolder(path: string): boolean {
  if (existsSync(path)) return false
  try {
    mkdirSync(path, { recursive: true })
    return true
  } catch (error) {
    throw cannotWrite(path, error)
  }
}
