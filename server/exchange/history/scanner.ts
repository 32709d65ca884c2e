/**
 * What a file of histories is made of, in the order it is met: a line's revisions one by one, then the line itself as
 * JSON whose list of revisions is empty. Nothing is parsed yet.
 */
export type Piece =
  | { kind: 'revision'; line: number; json: string }
  | { kind: 'page'; line: number; json: string }
  | { kind: 'damage'; line: number; why: string }

/** Bytes of the largest revision, and of the rest of a line; more is damage. */
const largest = 32 * 1024 * 1024

const newline = 0x0a
const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Cuts bytes into pieces. It knows only as much JSON as it takes to find where a revision ends, so that a line of any
 * length passes through without being held. What follows damage on its line is skipped.
 */
export class LineScanner {
  #line = 1
  #depth = 0
  #inString = false
  #escaped = false
  #inRevisions = false
  #damage: string | undefined
  #shell = new Collected()
  #revision = new Collected()

  take(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = []
    // Where that part of the chunk begins which is not collected yet.
    let from = 0
    const collect = (to: number) => {
      const into = this.#inRevisions ? this.#revision : this.#shell
      if (!this.#damage && !into.add(chunk.subarray(from, to))) this.#damage = 'it is too large'
      from = to
    }
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (byte === newline) {
        collect(at)
        from = at + 1
        pieces.push(...this.#endLine())
      } else if (this.#damage) continue
      else if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === backslash) this.#escaped = true
        else if (byte === quote) this.#inString = false
      } else if (byte === quote) this.#inString = true
      else if (byte === openObject || byte === openList) {
        this.#depth++
        if (byte !== openList || this.#depth !== 2) continue
        collect(at + 1)
        this.#inRevisions = this.#shell.endsWith(/"revisions"\s*:\s*\[$/)
      } else if (byte === closeObject || byte === closeList) {
        if (this.#inRevisions && this.#depth === 2) {
          collect(at)
          pieces.push(...this.#endRevision())
          this.#inRevisions = false
        }
        this.#depth--
      } else if (byte === comma && this.#inRevisions && this.#depth === 2) {
        collect(at)
        from = at + 1
        pieces.push(...this.#endRevision())
      }
    }
    collect(chunk.length)
    return pieces
  }

  /** After the last byte; `why` says that there should have been more. */
  end(why?: string): Piece[] {
    if (why !== undefined) this.#damage ??= why
    return this.#endLine()
  }

  #endRevision(): Piece[] {
    if (this.#damage) return []
    const json = this.#revision.text()
    if (json === undefined) this.#damage = 'it is not UTF-8'
    return json?.trim() ? [{ kind: 'revision', line: this.#line, json }] : []
  }

  #endLine(): Piece[] {
    const line = this.#line++
    const json = this.#shell.text()
    if (this.#depth !== 0 || this.#inString) this.#damage ??= 'it breaks off'
    if (json === undefined) this.#damage ??= 'it is not UTF-8'
    const why = this.#damage
    this.#depth = 0
    this.#inString = this.#escaped = this.#inRevisions = false
    this.#damage = undefined
    this.#revision.text()
    if (why !== undefined) return [{ kind: 'damage', line, why }]
    return json?.trim() ? [{ kind: 'page', line, json }] : []
  }
}

/** Bytes that will be one text. */
class Collected {
  #parts: Uint8Array[] = []
  #size = 0

  /** Says false, and lets everything go, where it becomes too much. */
  add(bytes: Uint8Array): boolean {
    if (bytes.length === 0) return true
    this.#size += bytes.length
    if (this.#size <= largest) this.#parts.push(bytes)
    else this.#parts = []
    return this.#size <= largest
  }

  endsWith(pattern: RegExp): boolean {
    return pattern.test(Buffer.concat(this.#parts).subarray(-100).toString('latin1'))
  }

  /** The text, once; undefined where the bytes are none. A byte order mark goes. */
  text(): string | undefined {
    const bytes = Buffer.concat(this.#parts)
    this.#parts = []
    this.#size = 0
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return undefined
    }
  }
}
