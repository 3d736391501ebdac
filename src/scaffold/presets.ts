// Presets: whole sets of migrations to begin with. They are the package's own examples, so that what is written into a
// user's project is what the project's tests run.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unknownPreset } from './errors.js'

export const presets: readonly string[] = ['mediastream']

export interface PresetFile {
  readonly name: string
  readonly text: string
}

/** The migrations of a preset, in order. @throws ScaffoldError naming the presets that there are */
export function presetMigrations(preset: string): readonly PresetFile[] {
  if (!presets.includes(preset)) throw unknownPreset(preset, presets)
  const folder = join(packageRoot(), 'examples', preset, 'database', 'migrations')
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/** The folder of this package's `package.json`: this file lies deeper in the sources than in the build. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
