/** Has the browser ask before its window is left, where words would be. Promises how to end that. */
export function askBeforeLeaving(signals: EventTarget | undefined, wouldLose: () => boolean): () => void {
  const ask = (event: Event) => {
    if (wouldLose()) event.preventDefault()
  }
  signals?.addEventListener('beforeunload', ask)
  return () => signals?.removeEventListener('beforeunload', ask)
}
