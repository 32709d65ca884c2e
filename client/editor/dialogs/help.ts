import { html } from 'lit'
import { keyName } from '../parts/key-name.ts'
import { say } from '../say.ts'
import { heading, paragraph, tools } from '../tools.ts'
import { open } from './dialog.ts'

/** The keys of the editor, as they stand on this keyboard. */
export async function showHelp() {
  const listed = [...Object.values(tools), paragraph, heading(2), heading(3)]
  const byKey = listed.flatMap(tool => (tool.key ? [{ keys: keyName(tool.key), does: say(`tool.${tool.id}`) }] : []))
  const others = [
    { keys: '/', does: say('help.slash') },
    { keys: '[[', does: say('help.page') },
    { keys: keyName('Mod-Enter'), does: say('help.publish') },
    { keys: keyName('Shift-Enter'), does: say('help.break') },
    { keys: keyName('Alt-Enter'), does: say('help.task') },
    { keys: keyName('Mod-Shift-v'), does: say('help.plain') },
    { keys: `Esc, Tab`, does: say('help.leave') },
  ]
  const typed = ['#', '-', '1.', '[ ]', '>', '```', '---', '**…**', '*…*', '`…`', '~~…~~']
  await open({
    title: () => say('help.title'),
    body: () =>
      html`<div class="dialog-b">
        <dl class="ed-keys">
          ${[...byKey, ...others].map(
            ({ keys, does }) =>
              html`<div>
                <dt>${does}</dt>
                <dd><kbd>${keys}</kbd></dd>
              </div>`,
          )}
        </dl>
        <div>
          <h3>${say('help.shortcuts')}</h3>
          <p class="ed-signs" dir="ltr">${typed.map(sign => html`<kbd>${sign}</kbd> `)}</p>
          <p class="hint">${say('help.shortcuts.hint')}</p>
        </div>
      </div>`,
  })
}
