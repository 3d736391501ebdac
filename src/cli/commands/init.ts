import { connectionAliases, connectionNames } from '../../config/options.js'
import { driverNames } from '../../schema/dialect-name.js'
import { initProject, needsConnection } from '../../scaffold/init-project.js'
import { presets } from '../../scaffold/presets.js'
import { type CommandContext, defineCommand } from '../command.js'
import { oneOf, text } from '../options.js'
import { printInit } from '../output/scaffolding.js'

export const command = defineCommand({
  options: {
    dialect: oneOf('NAME', '.env for', connectionNames, connectionAliases),
    preset: text('NAME', `begin with migrations: ${presets.join(', ')}`),
  },
  examples: [
    'tidemark init',
    'tidemark init --dialect=pgsql',
    'tidemark init --preset=mediastream',
    'tidemark init --preset=stackctl --dialect=mysql',
  ],
  async run(context) {
    const { dialect, preset } = context.options
    const config = await context.config()
    const configured = driverNames[config.connection().dialect]
    // What is configured is the first of them where nobody said anything.
    const isAsked = dialect === undefined && configured === connectionNames[0] && needsConnection(config)
    const connection =
      isAsked && context.isInteractive() ? await askForConnection(context) : (dialect ?? configured)
    const report = initProject(config, { connection, preset })
    return {
      data: { made: report.made, left: report.left },
      print: (terminal) => printInit(terminal, report, preset !== undefined),
    }
  },
})

async function askForConnection({ interruption }: Pick<CommandContext, 'interruption'>) {
  const { choose } = await import('../ask.js')
  return await choose('Which database?', connectionNames, interruption)
}
