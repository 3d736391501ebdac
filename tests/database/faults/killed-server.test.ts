// The server killed at random instants in the midst of a migration, and started again: whoever migrates is told that the
// server is gone, and who comes next goes on. In the end everything is as if nothing had happened.

import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { PrivateServer, hasPrivateServer } from '../../helpers/private-server.js'
import { outcomeOf, startCli } from '../../helpers/run-cli.js'
import { seededRandom } from '../../helpers/seeded-random.js'
import { type Disturbance, type Variables, runDisturbed, runUndisturbed } from './disturbed-run.js'
import { mixedProject } from './mixed-project.js'

/** The longer job kills more, and each server; the usual one kills one of each kind. */
const isLong = process.env['TIDEMARK_FAULTS'] === 'all'
const servers = isLong
  ? ['postgres', 'postgres18', 'mysql', 'mariadb', 'mariadb11']
  : ['postgres', 'mysql', 'mariadb']
const isToRun = servers.includes(inject('server')) && hasPrivateServer()
const wanted = isLong ? 25 : 5

/** How long a migrator may take to notice that its server is gone. */
const patienceMs = 30_000

describe.skipIf(!isToRun)(`a private server (TIDEMARK_ENGINES) killed at ${wanted} random instants`, () => {
  test('has each migration applied and undone once in the end', { timeout: 1_200_000 }, async () => {
    const server = await PrivateServer.start()
    const project = mixedProject(inject('dialect'))
    const undisturbed = await runUndisturbed(project, (await server.makeDatabase()).variables)
    const random = seededRandom()

    const killing = (variables: Variables): Disturbance => ({
      most: isLong ? Infinity : 2,
      async attempt(command, delayMs) {
        const child = startCli(project, [command], variables)
        const ended = outcomeOf(child)
        const isOver = await Promise.race([ended.then(() => true), pause(delayMs, false, { ref: false })])
        if (!isOver) await server.kill()
        const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
        const { status, stderr } = await ended
        clearTimeout(impatience)
        if (!isOver) await server.start()
        if (status !== 0) expect({ status, stderr }).toEqual({ status: 1, stderr: whatItSays })
        return status === 0
      },
    })

    let hits = 0
    while (hits < wanted) {
      const { variables } = await server.makeDatabase()
      hits += await runDisturbed(project, variables, undisturbed, random, killing(variables))
    }
    expect(hits).toBeGreaterThanOrEqual(wanted)
  })
})

/** An error with a code, and no stack trace. */
const whatItSays = expect.stringMatching(/^(?![^]*\n\s+at )[^]*\n {2}code +TM_/)
