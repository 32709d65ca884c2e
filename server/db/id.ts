import { v7 } from 'uuid'

/** A new opaque id (UUIDv7): unguessable enough to publish, and sorted by the time it was made. */
export const newId = (): string => v7()
