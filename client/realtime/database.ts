/** A storage that does not open in this time counts as one that is not there, until it does. */
const patience = 3_000

/** What opens too late is closed again, so that nobody waits for it. */
export class NoStorage extends Error {}

/** Opens a database of the browser, made with these stores if it is new. Rejects where there is none, or not in time. */
export function openDatabase(name: string, stores: Record<string, IDBObjectStoreParameters>): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') return reject(new NoStorage('none'))
    let isLate = false
    const late = setTimeout(() => {
      isLate = true
      reject(new NoStorage('late'))
    }, patience)
    const request = indexedDB.open(name)
    request.addEventListener('upgradeneeded', () => {
      for (const [store, options] of Object.entries(stores)) request.result.createObjectStore(store, options)
    })
    request.addEventListener('error', () => {
      clearTimeout(late)
      reject(request.error ?? new NoStorage('closed'))
    })
    request.addEventListener('success', () => {
      clearTimeout(late)
      if (isLate) request.result.close()
      else resolve(request.result)
    })
  })
}

/** Resolves when the transaction is over and everything in it is stored; what a request answers is not that yet. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(transaction.error ?? new NoStorage('aborted'))
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', failed)
    transaction.addEventListener('error', failed)
  })
}

export function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new NoStorage('refused')))
  })
}

/** Everything in a store, with the keys in the same order. */
export async function contents(store: IDBObjectStore): Promise<{ key: IDBValidKey; value: unknown }[]> {
  const values: IDBRequest<unknown[]> = store.getAll()
  const [keys, found] = await Promise.all([answered(store.getAllKeys()), answered(values)])
  return keys.map((key, at) => ({ key, value: found[at] }))
}

/** Resolves once the database is gone, or will be when others let go of it. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise(resolve => {
    const request = indexedDB.deleteDatabase(name)
    for (const end of ['success', 'error', 'blocked']) request.addEventListener(end, () => resolve())
  })
}

/** The databases of this browser whose name begins so; none where it does not say. */
export async function databasesNamed(prefix: string): Promise<string[]> {
  if (typeof indexedDB === 'undefined' || !('databases' in indexedDB)) return []
  const found = await indexedDB.databases().catch(() => [])
  return found.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []))
}
