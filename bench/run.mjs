// `npm run bench -- NAME [flags]`: one program a benchmark, each printing ratios to a bare script measured in the same
// run. Times are of whole processes.

const benchmarks = {
  cold: () => import('./cold.mjs'),
  apply: () => import('./apply.mjs'),
}

const [name = '', ...flags] = process.argv.slice(2)
const load = benchmarks[name]
if (load === undefined) {
  process.stderr.write(`Name a benchmark: npm run bench -- ${Object.keys(benchmarks).join(' | ')}\n`)
  process.exitCode = 2
} else {
  const { run } = await load()
  await run(flags)
}
