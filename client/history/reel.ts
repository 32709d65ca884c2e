/** How many pictures are held: the browser's own cache has the others, and asks whether they are still so. */
const most = 24

/** The pictures of a play, fetched as they are wanted: one request a picture, however often it is asked for. */
export class Reel {
  #address: string
  #pictures = new Map<number, Promise<string>>()

  constructor(address: string) {
    this.#address = address
  }

  at(number: number): Promise<string> {
    const known = this.#pictures.get(number)
    const picture = known ?? this.#fetched(number)
    this.#pictures.delete(number)
    this.#pictures.set(number, picture)
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= most) break
      this.#pictures.delete(oldest)
    }
    return picture
  }

  keep(number: number, picture: string) {
    this.#pictures.set(number, Promise.resolve(picture))
  }

  /** Fetches what may be wanted soon; what fails is asked for again when it is wanted. */
  warm(numbers: readonly number[]) {
    for (const number of numbers) this.at(number).catch(() => {})
  }

  async #fetched(number: number): Promise<string> {
    try {
      const reply = await fetch(`${this.#address}/${number}`, { headers: { accept: 'text/html' } })
      if (!reply.ok) throw new Error(`revision ${number}: ${reply.status}`)
      return await reply.text()
    } catch (error) {
      this.#pictures.delete(number)
      throw error
    }
  }
}
