// Stands in for all tests of a server that is not there, so that the report names it: skipped on a developer's machine,
// a failure where TIDEMARK_REQUIRE says that it has to be there.

import { expect, inject, test } from 'vitest'

const missing = inject('missingServer')

test.skipIf(!missing.isRequired)(`${missing.label} is there (${missing.variable})`, () => {
  expect.fail(`${missing.label} does not answer at ${missing.address}.`)
})
