import { html, type Html, icon, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'

interface PlayView {
  t: Translator
  page: Page
  number: number
  frame: Html
  topics: number
}

/** The history as something to play. Without JavaScript a number and two links show the same, a picture at a time. */
export function playView({ t, page, number, frame, topics }: PlayView): Html {
  const address = `${addressOf(page)}/play`
  const { newest } = page
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap play">
      <h2>${t('play.heading')}</h2>
      <cl-play
        data-address="${address}"
        data-newest="${newest}"
        data-failed="${t('play.failed')}"
        data-playing="${t('play.playing')}"
        data-paused="${t('play.paused')}"
      >
        <form class="play-form" method="get" action="${address}">
          <label for="play-number">${t('play.choose')}</label>
          <input
            id="play-number"
            type="number"
            name="revision"
            min="1"
            max="${newest}"
            value="${number}"
            inputmode="numeric"
          />
          <button class="btn">${t('play.show')}</button>
          ${step(t, address, 'older', number > 1 ? number - 1 : undefined)}
          ${step(t, address, 'newer', number < newest ? number + 1 : undefined)}
        </form>
        <div class="play-bar" role="group" aria-label="${t('play.controls')}" hidden>
          <button type="button" class="btn btn-p play-go" aria-pressed="false">
            ${icon('play', { flip: true })}<span>${t('play.play')}</span>
          </button>
          <button type="button" class="btn btn-q play-older" aria-label="${t('play.older')}">
            ${icon('chevron-left', { flip: true })}
          </button>
          <button type="button" class="btn btn-q play-newer" aria-label="${t('play.newer')}">
            ${icon('chevron-right', { flip: true })}
          </button>
          <label class="play-pace"
            ><span>${t('play.pace')}</span>
            <select>
              <option value="2500">${t('play.slow')}</option>
              <option value="1200" selected>${t('play.steady')}</option>
              <option value="400">${t('play.fast')}</option>
            </select></label
          >
          <input
            type="range"
            class="play-at"
            min="1"
            max="${newest}"
            step="1"
            value="${number}"
            aria-label="${t('play.revision')}"
            aria-valuetext="${t('play.number', { number, total: newest })}"
          />
        </div>
        <p class="vh" role="status"></p>
        <div class="stage">${frame}</div>
      </cl-play>
    </div>`
}

function step(t: Translator, address: string, way: 'older' | 'newer', to: number | undefined): Html | null {
  if (to === undefined) return null
  const label = t(`play.${way}`)
  return html`<a class="btn btn-q" rel="${way === 'older' ? 'prev' : 'next'}" href="${address}?revision=${to}"
    >${way === 'older' && icon('chevron-left', { flip: true })}${label}${way === 'newer' && icon('chevron-right', { flip: true })}</a
  >`
}
