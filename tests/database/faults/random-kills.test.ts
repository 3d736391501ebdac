// A migrator killed at random instants, and started again until it is done, again and again: in the end everything is as
// if nothing had happened. `kill-points.test.ts` does so at each call; here it may be anywhere between and within them.

import { describe, expect, inject, test } from 'vitest'
import { makeDatabase } from '../../helpers/database.js'
import { outcomeOf, startCli } from '../../helpers/run-cli.js'
import { seededRandom } from '../../helpers/seeded-random.js'
import { type Disturbance, type Variables, runDisturbed, runUndisturbed } from './disturbed-run.js'
import { mixedProject } from './mixed-project.js'

/** The longer job kills more, and on each server; the usual one kills on one of each kind. */
const isLong = process.env['TIDEMARK_FAULTS'] === 'all'
const isOfKind = ['sqlite', 'postgres', 'mysql', 'mariadb'].includes(inject('server'))
const wanted = isLong ? 200 : 25

describe.skipIf(!isLong && !isOfKind)(`a migrator killed at ${wanted} random instants`, () => {
  test(
    'applies and undoes each migration once in the end',
    { timeout: isLong ? 3_600_000 : 600_000 },
    async () => {
      const project = mixedProject(inject('dialect'))
      const undisturbed = await runUndisturbed(project, (await makeDatabase()).variables)
      const random = seededRandom()

      const killing = (variables: Variables): Disturbance => ({
        most: Infinity,
        async attempt(command, delayMs) {
          const child = startCli(project, [command], variables)
          const ended = outcomeOf(child)
          const timer = setTimeout(() => child.kill('SIGKILL'), delayMs)
          const { status, stderr } = await ended
          clearTimeout(timer)
          if (status === null) return false
          expect({ status, stderr }, `FC_SEED=${random.seed}`).toEqual({ status: 0, stderr: '' })
          return true
        },
      })

      let hits = 0
      while (hits < wanted) {
        const { variables } = await makeDatabase()
        hits += await runDisturbed(project, variables, undisturbed, random, killing(variables))
      }
      expect(hits).toBeGreaterThanOrEqual(wanted)
    },
  )
})
