// The release that this is. The build writes it in; from the sources it is `development`.

declare const TIDEMARK_VERSION: string | undefined

export const version = typeof TIDEMARK_VERSION === 'undefined' ? 'development' : TIDEMARK_VERSION
