// What is made when it is first asked for, and kept. Modules that are loaded late are asked for through this: each
// `import()` passes through the loader again, which on Node 20 is another thread once a migration in TypeScript was loaded.

/** Every caller gets the promise that the first one had made; after one that was rejected, the next caller tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    }))
}
