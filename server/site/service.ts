import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import { type Language, languages as interfaceLanguages } from '../../shared/i18n/translate.ts'
import { shape } from '../../shared/shapes.ts'
import type { Config } from '../config.ts'
import { type SignUpPolicy, signUpPolicies } from '../settings.ts'
import { afterCommit, type Database, type Writer } from '../db/index.ts'
import { refuseFaults } from '../refusal.ts'
import { faultsInChoices } from './check.ts'
import { dropSetting, putSetting, settingsOf } from './store.ts'

const choices = shape({
  name: Type.String(),
  /** What people write in; the first is the wiki's own. */
  languages: Type.Array(Type.String(), { minItems: 1 }),
  /** An id of `shared/licensing`. */
  licence: Type.String(),
  signUp: Type.Enum([...signUpPolicies]),
})

/** What is chosen at setup and changed in settings. */
export type Choices = Static<typeof choices>

const unchosen: Choices = { name: 'Commonleaf', languages: ['en'], licence: 'CC-BY-SA-4.0', signUp: 'approval' }

export type Site = Awaited<ReturnType<typeof site>>

/** Reads the wiki's choices; makes the key of the setup link where setup has not been done. */
export async function site({ db, config }: { db: Database; config: Pick<Config, 'SIGN_UP'> }) {
  const stored = await settingsOf(db.read)
  const given = { ...unchosen, ...Object.fromEntries([...stored].filter(([name]) => name in unchosen)) }
  if (!Check(choices, given)) throw new Error('the settings in the database are damaged')
  let chosen: Choices = given
  let done = stored.get('set-up') === true
  let key = typeof stored.get('setup-key') === 'string' ? String(stored.get('setup-key')) : undefined
  if (!done && !key) {
    const made = (key = randomBytes(24).toString('base64url'))
    await db.write(tx => putSetting(tx, 'setup-key', made))
  }

  return {
    name: (): string => chosen.name,
    /** Languages people write in, the wiki's own first. */
    languages: (): readonly string[] => chosen.languages,
    /** The language the interface falls back to. */
    language: (): Language => interfaceLanguages.find(one => one === chosen.languages[0]?.split('-')[0]) ?? 'en',
    licence: (): string => chosen.licence,
    signUp: (): SignUpPolicy => config.SIGN_UP ?? chosen.signUp,
    /** Whether the environment overrules what is chosen in the wiki. */
    signUpIsFixed: (): boolean => config.SIGN_UP !== undefined,
    choices: (): Choices => ({ ...chosen }),
    isSetUp: (): boolean => done,
    /** Where setup is done, or null once it has been. `address` is where the wiki is reached. */
    setupLink: (address: string): string | null => (done || !key ? null : `${address}/setup?key=${key}`),
    isSetupKey: (guess: string): boolean => !done && key !== undefined && timingSafeEqual(digest(guess), digest(key)),

    /** Changes the wiki's choices; refuses what cannot be. */
    async choose(tx: Writer, changes: Partial<Choices>) {
      refuseFaults(faultsInChoices(changes))
      for (const [name, value] of Object.entries(changes)) await putSetting(tx, name, value)
      afterCommit(tx, () => (chosen = { ...chosen, ...changes }))
    },

    /** From here on the setup link is void. */
    async finishSetup(tx: Writer) {
      await putSetting(tx, 'set-up', true)
      await dropSetting(tx, 'setup-key')
      afterCommit(tx, () => {
        done = true
        key = undefined
      })
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
