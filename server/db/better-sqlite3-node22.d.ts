/** The same package under another name, newer by a major version; what we use of it has not changed. */
declare module 'better-sqlite3-node22' {
  export { default } from 'better-sqlite3'
}
