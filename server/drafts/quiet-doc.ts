import * as Y from 'yjs'

/**
 * A document that says nothing where nobody listens. Each keystroke tells of seven things, and Yjs makes a map and a list
 * for each of them all the same.
 */
export class QuietDoc extends Y.Doc {
  override emit: Y.Doc['emit'] = (name, args) => {
    if (this._observers.has(name)) super.emit(name, args)
  }
}
