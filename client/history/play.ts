import { Reel } from './reel.ts'

/** Plays the history of a page: a slider through its revisions, each fetched when it is near. */
class Play extends HTMLElement {
  #reel = new Reel(this.dataset['address'] ?? '')
  #newest = Number(this.dataset['newest'])
  #form = part(this, '.play-form', HTMLFormElement)
  #bar = part(this, '.play-bar', HTMLElement)
  #slider = part(this, '.play-at', HTMLInputElement)
  #go = part(this, '.play-go', HTMLButtonElement)
  #older = part(this, '.play-older', HTMLButtonElement)
  #newer = part(this, '.play-newer', HTMLButtonElement)
  #pace = part(this, 'select', HTMLSelectElement)
  #stage = part(this, '.stage', HTMLElement)
  #status = part(this, '[role="status"]', HTMLElement)
  #turn: ReturnType<typeof setTimeout> | undefined
  #quiet: ReturnType<typeof setTimeout> | undefined
  #wanted = Number(this.#slider.value)
  #isPlaying = false

  connectedCallback() {
    this.#form.hidden = true
    this.#bar.hidden = false
    this.#reel.keep(this.#wanted, this.#stage.innerHTML)
    this.#slider.oninput = () => this.#byHand(Number(this.#slider.value))
    this.#go.onclick = () => this.#play(!this.#isPlaying)
    this.#older.onclick = () => this.#byHand(this.#wanted - 1)
    this.#newer.onclick = () => this.#byHand(this.#wanted + 1)
    this.onkeydown = event => this.#key(event)
    this.#mark()
    this.#reel.warm(this.#near(1))
  }

  disconnectedCallback() {
    this.#play(false)
    clearTimeout(this.#quiet)
  }

  /** Space plays and pauses, arrows step; inside text, on buttons and on links keys keep their own meaning. */
  #key(event: KeyboardEvent) {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return
    const isSlider = target === this.#slider
    if (key === ' ' && (isSlider || !target.closest('button, a, select, summary, [tabindex]'))) {
      event.preventDefault()
      this.#play(!this.#isPlaying)
    } else if ((key === 'ArrowLeft' || key === 'ArrowRight') && target.closest('.play-bar button')) {
      event.preventDefault()
      const isForth = (key === 'ArrowRight') === (getComputedStyle(this).direction === 'ltr')
      this.#byHand(this.#wanted + (isForth ? 1 : -1))
    }
  }

  #byHand(number: number) {
    this.#play(false)
    void this.#show(number)
  }

  #play(on: boolean) {
    clearTimeout(this.#turn)
    if (on === this.#isPlaying) return
    this.#isPlaying = on
    this.#go.setAttribute('aria-pressed', String(on))
    this.#go.querySelector('use')?.setAttribute('href', this.#icon(on ? 'pause' : 'play'))
    this.#say((on ? this.dataset['playing'] : this.dataset['paused']) ?? '')
    if (on) void this.#show(this.#wanted >= this.#newest ? 1 : this.#wanted + 1)
  }

  #icon = (name: string) => (this.#go.querySelector('use')?.getAttribute('href') ?? '').replace(/#.*$/, `#${name}`)

  async #show(asked: number) {
    const number = Math.min(Math.max(asked, 1), this.#newest)
    const way = number < this.#wanted ? -1 : 1
    this.#wanted = number
    this.#slider.value = String(number)
    this.#mark()
    const began = performance.now()
    const picture = await this.#reel.at(number).catch(() => undefined)
    // Somebody has moved on meanwhile.
    if (number !== this.#wanted || !this.isConnected) return
    if (picture === undefined) {
      this.#play(false)
      return this.#say(this.dataset['failed'] ?? '')
    }
    this.#stage.innerHTML = picture
    const said = this.#stage.querySelector<HTMLElement>('.frame')?.dataset['said'] ?? ''
    this.#slider.setAttribute('aria-valuetext', said)
    this.#reel.warm(this.#near(way))
    if (!this.#isPlaying || number === this.#newest) this.#settle(said)
    if (!this.#isPlaying) return
    if (number === this.#newest) return this.#play(false)
    const rest = Math.max(100, Number(this.#pace.value) - (performance.now() - began))
    this.#turn = setTimeout(() => void this.#show(number + 1), rest)
  }

  /** Once it stands still it is said, and the address names it. */
  #settle(said: string) {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      this.#say(said)
      history.replaceState(history.state, '', `?revision=${this.#wanted}`)
    }, 600)
  }

  /** The slider says its own value where it has the focus; saying it twice would only be noise. */
  #say(words: string) {
    const isHeard = document.activeElement === this.#slider && words === this.#slider.getAttribute('aria-valuetext')
    this.#status.textContent = isHeard ? '' : words
  }

  /** What is likely to be wanted next: more of it the way things go. */
  #near(way: 1 | -1): number[] {
    const near = [1, 2, 3, -1].map(by => this.#wanted + way * by)
    return near.filter(number => number >= 1 && number <= this.#newest)
  }

  #mark() {
    this.#older.setAttribute('aria-disabled', String(this.#wanted <= 1))
    this.#newer.setAttribute('aria-disabled', String(this.#wanted >= this.#newest))
  }
}

function part<Kind extends Element>(of: Element, selector: string, kind: new () => Kind): Kind {
  const found = of.querySelector(selector)
  if (found instanceof kind) return found
  throw new Error(`the player lacks ${selector}`)
}

customElements.define('cl-play', Play)
