// An object that writes down which of its methods are called, and which of the methods of what they give.

/** `made` with every call of a method, or assignment, written into `called` as `Blueprint.string`. */
export function recorded<Made extends object>(made: Made, called: Set<string>): Made {
  return new Proxy(made, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      called.add(callName(target, key))
      return (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, args)
        return typeof result === 'object' && result !== null && !Array.isArray(result)
          ? recorded(result, called)
          : result
      }
    },
    set(target, key, value) {
      called.add(callName(target, key))
      return Reflect.set(target, key, value, target)
    },
  })
}

/** The methods and accessors of a class and of those above it, each by the class that has it, as `recorded` writes them. */
export function methodsOf(type: { readonly prototype: object }): readonly string[] {
  return prototypesOf(type.prototype).flatMap((prototype) =>
    Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor')
      .map((name) => `${prototype.constructor.name}.${name}`),
  )
}

function callName(target: object, key: string | symbol): string {
  const owner = prototypesOf(target).find((prototype) => Object.hasOwn(prototype, key)) ?? target
  return `${owner.constructor.name}.${String(key)}`
}

function prototypesOf(target: object | null): readonly object[] {
  if (target === null || target === Object.prototype) return []
  return [target, ...prototypesOf(Reflect.getPrototypeOf(target))]
}
