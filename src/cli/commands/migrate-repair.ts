import type { Decision, Repair } from '../../migrations/repair.js'
import { defineCommand } from '../command.js'
import { confirmAlways } from '../confirm-change.js'
import { needsName, refuseTogether } from '../errors.js'
import { forceOption, planOption } from '../migration-options.js'
import { flag } from '../options.js'
import { printHeading, printNotice } from '../output/layout.js'
import type { Terminal } from '../output/terminal.js'

export const command = defineCommand({
  arguments: { name: { summary: 'settle this migration only', isRequired: false } },
  options: {
    done: flag('the statement that was under way has taken effect'),
    'not-done': flag('the statement that was under way has not taken effect'),
    applied: flag('count a migration that stopped half-way as applied'),
    'not-applied': flag('count a migration that stopped half-way as pending'),
    'accept-values': flag('what stands stays, though its values differ now'),
    ...planOption,
    ...forceOption,
  },
  examples: [
    'tidemark migrate:repair',
    'tidemark migrate:repair 2025_03_05_000000_create_media_table',
    'tidemark migrate:repair 2025_03_05_000000_create_media_table --done',
  ],
  async run(context) {
    const { pretend, force } = context.options
    const { name } = context.arguments
    const decision = decisionOf(context.options)
    if (decision !== undefined && name === undefined) throw needsName('migrate:repair', decision)
    const tidemark = await context.tidemark()
    const repairs = await tidemark.repairs({ name, decision })
    if (repairs.length === 0 || pretend) return resultOf(repairs, false)
    await confirmAlways(context, questionOf(repairs), force)
    return resultOf(await tidemark.repair({ name, decision, agreed: repairs }), true)
  },
})

function decisionOf(options: Readonly<Record<Decision, boolean>>): Decision | undefined {
  const { done, 'not-done': notDone, applied, 'not-applied': notApplied } = options
  const given = {
    done,
    'not-done': notDone,
    applied,
    'not-applied': notApplied,
    'accept-values': options['accept-values'],
  }
  refuseTogether(
    'migrate:repair',
    Object.fromEntries(
      Object.entries(given).map(([word, isGiven]) => [`--${word}`, isGiven ? word : undefined]),
    ),
  )
  // Proof: the keys of `given` are the words of a decision.
  return (Object.keys(given) as Decision[]).find((word) => given[word])
}

function questionOf(repairs: readonly Repair[]): string {
  const lines = repairs.map(({ name, problem, action }) => `${name}: ${problem}. To do: ${action}.`)
  return `${lines.join('\n')}\nSettle ${repairs.length === 1 ? 'it' : 'them'} so?`
}

function resultOf(repairs: readonly Repair[], isDone: boolean) {
  return {
    data: {
      repaired: isDone,
      repairs: repairs.map(({ name, kind, problem, action }) => ({ name, kind, problem, action })),
    },
    print: (terminal: Terminal) => print(terminal, repairs, isDone),
  }
}

function print(terminal: Terminal, repairs: readonly Repair[], isDone: boolean): void {
  if (repairs.length === 0) return printNotice(terminal, 'There is nothing to repair.')
  printHeading(terminal, isDone ? 'Repaired' : 'To repair')
  for (const { name, problem, action } of repairs) {
    terminal.line(`  ${name}: ${problem}`)
    terminal.line(terminal.style('dim', `    → ${action}`))
  }
  terminal.line()
}
