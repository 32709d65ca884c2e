import { summaryLimit } from '../../shared/pages/contract.ts'
import { html, type Html } from '../html/index.ts'

/** Asks for the sentence that will stand in the history beside what is about to be done. */
export const summaryField = (label: string, value: string | undefined): Html =>
  html`<div class="field">
    <label for="summary">${label}</label
    ><input
      id="summary"
      name="summary"
      value="${value ?? ''}"
      dir="auto"
      maxlength="${summaryLimit}"
      autocomplete="off"
    />
  </div>`
