// A build step: Node's own modules are taken by `process.getBuiltinModule`, not by `import`. An import of one makes Node
// collect all that it exports, which for node:fs, node:crypto and their like comes to several milliseconds a process.

const imported = /^import (?:(?:\* as )?(\w+))?(?:, )?(?:\{([^}]*)\})? from "(node:[\w/]+)";$/gm

export function cheapBuiltins() {
  return {
    name: 'cheap-builtins',
    renderChunk(code) {
      return code.replaceAll(imported, (_, whole, names, module) => {
        const builtin = `process.getBuiltinModule("${module}")`
        return [
          ...(whole === undefined ? [] : [`const ${whole} = ${builtin};`]),
          ...(names === undefined ? [] : [`const {${names.replaceAll(' as ', ': ')}} = ${builtin};`]),
        ].join(' ')
      })
    },
  }
}
