import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { describeHolder, isGone, thisProcess } from '../../../src/migrations/lock-holder.js'

test('this process is not gone', () => {
  expect(isGone(thisProcess())).toBe(false)
})

test('a process of this machine is gone once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  await once(child, 'spawn')
  const holder = { ...thisProcess(), process: child.pid ?? 0 }
  const start = isGone(holder)
  child.kill('SIGKILL')
  await once(child, 'exit')

  // Its number was never that of this process, which began at another time: on Linux that is seen.
  expect(start).toBe(thisProcess().processStart !== '')
  expect(isGone(holder)).toBe(true)
})

test('a process whose number another one has by now is gone', () => {
  expect(isGone({ ...thisProcess(), processStart: 'another time' })).toBe(true)
})

test('of a process on another machine nothing is known', () => {
  expect(isGone({ ...thisProcess(), machine: 'elsewhere', process: 2 ** 22 - 1 })).toBe(false)
})

test('is described for a person', () => {
  expect(describeHolder({ ...thisProcess(), user: 'ada', host: 'build-7', process: 4711 })).toBe(
    'ada@build-7, process 4711',
  )
})
