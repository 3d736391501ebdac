// Presets: whole sets of migrations to begin with. They are the package's own examples, so that what is written into a
// user's project is what the project's tests run.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConnectionName } from '../config/options.js'
import { sqlOf } from './connection-templates.js'
import { unknownPreset } from './errors.js'
import type { Naming } from './numbering.js'

interface PresetDescription {
  /** Where the migrations are put, relative to the project. */
  readonly directory: string
  readonly naming: Naming
  /** Where they are among the examples. */
  source(connection: ConnectionName): string
}

const descriptions: Readonly<Record<string, PresetDescription>> = {
  mediastream: {
    directory: 'database/migrations',
    naming: 'timestamp',
    source: () => 'mediastream/database/migrations',
  },
  stackctl: {
    directory: 'build/database',
    naming: 'sequential',
    source: (connection) => `stackctl/migrations/${sqlOf[connection]}`,
  },
}

export const presets: readonly string[] = Object.keys(descriptions)

export interface Preset {
  readonly directory: string
  readonly naming: Naming
  /** The migrations, in order. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** @throws ScaffoldError naming the presets that there are */
export function loadPreset(name: string, connection: ConnectionName): Preset {
  const description = descriptions[name]
  if (description === undefined) throw unknownPreset(name, presets)
  const { directory, naming } = description
  const folder = join(packageRoot(), 'examples', description.source(connection))
  const files = readdirSync(folder)
    .sort()
    .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }))
  return { directory, naming, files }
}

/** The folder of this package's `package.json`: this file lies deeper in the sources than in the build. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
