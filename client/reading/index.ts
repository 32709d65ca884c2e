/**
 * What makes reading pleasanter once a page stands complete: the faces of the interface, times as spans, the place in
 * the contents, keys. Nothing here is needed to read.
 */
import { agoTimes } from './ago.ts'
import { contentsPlace } from './contents.ts'
import { copyButtons } from './copy.ts'
import { attachFonts } from './fonts.ts'
import { keys } from './keys.ts'
import { menus } from './menus.ts'

menus()
keys()
agoTimes()
copyButtons()
contentsPlace()
attachFonts()
