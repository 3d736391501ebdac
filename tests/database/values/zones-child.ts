// A process of its own, whose time zone `TZ` sets: writes the moments that it is given, and prints what it reads of all
// that there is.

import { Tidemark } from '../../../src/index.js'

const variables = JSON.parse(process.env['ZONES_VARIABLES'] ?? '{}') as Record<string, string>
const rows = JSON.parse(process.env['ZONES_ROWS'] ?? '[]') as Record<string, string>[]
const isMoment = (value: string): boolean => value.endsWith('Z')

const tidemark = new Tidemark({ variables })
const db = await tidemark.db()
await db
  .table('things')
  .insert(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, isMoment(value) ? new Date(value) : value]),
      ),
    ),
  )
const read = await db.table('things').orderBy('writer').orderBy('dateTime').get()
await tidemark.close()
process.stdout.write(JSON.stringify({ clock: new Date(0).toString(), read }))
