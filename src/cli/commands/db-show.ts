import type { TypeSnapshot } from '../../schema/snapshot.js'
import { formatTableName } from '../../schema/table-name.js'
import type { Tidemark } from '../../tidemark.js'
import { defineCommand } from '../command.js'
import { flag } from '../options.js'
import { printOverview } from '../output/overview.js'

export const command = defineCommand({
  options: {
    counts: flag('count the rows of each table'),
    views: flag('show views too'),
    types: flag('show types too, where the database has them'),
  },
  examples: ['tidemark db:show', 'tidemark db:show --counts --views'],
  async run(context) {
    const { counts, views, types } = context.options
    const tidemark = await context.tidemark()
    const { label, version, database, sizeBytes } = await tidemark.overview()
    const overview = {
      connection: (await tidemark.config()).connection().name,
      server: `${label} ${version}`,
      database,
      sizeBytes,
      tables: await describeTables(tidemark, counts),
      ...(views && { views: (await tidemark.views()).map(formatTableName) }),
      ...(types && { types: (await tidemark.types()).map(describeType) }),
    }
    return { data: overview, print: (terminal) => printOverview(terminal, overview) }
  },
})

async function describeTables(tidemark: Tidemark, isCounted: boolean) {
  const db = await tidemark.db()
  const described = []
  for (const table of await tidemark.tables()) {
    const name = formatTableName(table)
    const { size: sizeBytes, engine, collation, comment } = table
    const rows = isCounted ? { rows: await db.table(name).count() } : {}
    described.push({ name, sizeBytes, engine, collation, comment, ...rows })
  }
  return described
}

function describeType(type: TypeSnapshot) {
  return { name: formatTableName(type), kind: type.kind, values: type.values }
}
