import { settings } from '../../server/settings.ts'

/** The README's table of settings, as `server/settings.ts` has them. */
export function settingsTable(): string {
  const rows = Object.entries(settings.properties).map(([name, kind]) => {
    const standard = 'default' in kind ? `\`${String(kind.default)}\`` : ''
    return `| \`${name}\` | ${standard} | ${'description' in kind ? String(kind.description) : ''} |`
  })
  return ['| setting | unless set | what it does |', '| --- | --- | --- |', ...rows].join('\n')
}
