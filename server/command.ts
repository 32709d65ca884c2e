/** What a command sees of whoever runs it: on this process's own terminal, or at the other end of the socket. */
export interface Io {
  /** What the person types or pipes in; ends when they end it. */
  stdin: AsyncIterable<string>
  /** Writes to standard output: the result, nothing else. */
  out(text: string): void
  /** Writes to standard error: progress and complaints, for people. */
  err(text: string): void
  /** The result is wanted as JSON, for a program. */
  json: boolean
  /** The folder that relative paths are meant from. */
  folder: string
  /** Aborted when whoever asked has gone or pressed Ctrl-C. */
  signal: AbortSignal
}

/** What a command ends with: the exit code of the process that asked. */
export const exit = { ok: 0, failed: 1, usage: 2, busy: 3 } as const

/** One verb of the administrator's command line, offered by the room whose work it is. */
export interface Command<Rooms> {
  /** How to write it, a line a form: `person list`. */
  usage: string[]
  /** What it is for, in one sentence. */
  summary: string
  /**
   * Promises the exit code. `args` are the words after the command's own, without `--json`. A `Refusal` it throws is
   * told to the person and ends it as failed.
   */
  run(args: string[], io: Io, rooms: Rooms): Promise<number>
}
