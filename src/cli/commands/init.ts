import { initProject } from '../../scaffold/init-project.js'
import { presets } from '../../scaffold/presets.js'
import { defineCommand } from '../command.js'
import { text } from '../options.js'
import { printInit } from '../output/scaffolding.js'

export const command = defineCommand({
  options: {
    preset: text('NAME', `begin with an application's migrations: ${presets.join(', ')}`),
  },
  examples: ['tidemark init', 'tidemark init --preset=mediastream'],
  async run(context) {
    const { preset } = context.options
    const report = initProject(await context.config(), preset)
    return {
      data: { made: report.made, left: report.left },
      print: (terminal) => printInit(terminal, report, preset !== undefined),
    }
  },
})
