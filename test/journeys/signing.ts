import type { Page } from 'playwright-core'
import { password } from '../support/people.ts'

/** Signs in by the form, as somebody made by `as`. */
export async function signsIn(page: Page, login: string) {
  await page.goto('/sign-in')
  await fillsIn(page, login)
  await page.waitForURL(url => url.pathname !== '/sign-in')
}

/** Fills in the form for signing in and sends it. */
export async function fillsIn(page: Page, login: string) {
  await page.getByLabel('Handle or e-mail address').fill(login)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function signsOut(page: Page) {
  await page.goto('/')
  await page.locator('summary', { has: page.locator('.av') }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
}
