/** The name of the room in which this epoch of a page's draft is written: the page's id alone while it is the first. */
export const roomOf = (pageId: string, epoch: number): string => (epoch === 1 ? pageId : `${pageId}~${epoch}`)

/** What a room's name says; undefined where it is the name of no room. */
export function readRoom(name: string): { pageId: string; epoch: number } | undefined {
  const [, pageId, epoch] = /^([A-Za-z0-9-]{1,64})(?:~([2-9]|[1-9]\d{1,8}))?$/.exec(name) ?? []
  return pageId === undefined ? undefined : { pageId, epoch: epoch === undefined ? 1 : Number(epoch) }
}
