/** Items as word processors write them: paragraphs that look like items. */
import { attribute, children, classes, type Element, isElement, type Tree, verbatimText } from './html-tree.ts'

export interface OfficeItem {
  level: number
  ordered: boolean
  /** The item's text without its bullet or number. */
  content: Tree[]
}

/** The item that a Word paragraph stands for, by its `mso-list` level. */
export function officeItem(node: Element): OfficeItem | undefined {
  if (node.name !== 'p') return undefined
  const level = /mso-list:\s*[^;]*?level(\d+)/i.exec(attribute(node, 'style') ?? '')?.[1]
  if (!level && !classes(node).some(name => name.startsWith('MsoListParagraph'))) return undefined
  const parts = children(node)
  const sign = parts.find(part => signText(part) !== undefined)
  if (!level && !sign) return undefined
  const text = (sign && signText(sign)) ?? ''
  return {
    level: Math.max(0, Number(level ?? 1) - 1),
    ordered: /^\s*\(?(?:\d+|[a-z]|[ivxlc]+)[.)]/i.test(text) && !/^\s*o\s/.test(text),
    content: parts.filter(part => part !== sign),
  }
}

/** Word marks the sign of an item, which is not part of its text, with `mso-list:Ignore`. */
function signText(node: Tree): string | undefined {
  if (!isElement(node)) return undefined
  if (/mso-list:\s*ignore/i.test(attribute(node, 'style') ?? '')) return verbatimText(node)
  const only = children(node).find(part => signText(part) !== undefined)
  const words = verbatimText(node).trim()
  return only && words === verbatimText(only).trim() ? verbatimText(only) : undefined
}
