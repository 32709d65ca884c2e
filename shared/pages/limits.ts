/** Characters of the longest title, and bytes (UTF-8) and characters of the longest slug. */
export const titleLimit = 250
/** Characters of the longest summary of a change. */
export const summaryLimit = 500
export const slugLimit = { bytes: 240, characters: 120 }
