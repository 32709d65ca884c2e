import type { Faults } from '../../shared/accounts/fields.ts'
import { FieldsRefused, Refusal } from '../refusal.ts'

/** Somebody has that handle or e-mail address already. */
export class Taken extends FieldsRefused {
  constructor(fields: Faults) {
    super(fields, 409)
  }
}

export class WrongLogin extends Refusal {
  constructor() {
    super(401, 'accounts/wrong-login')
  }
}

export class TooManyGuesses extends Refusal {
  constructor(seconds: number) {
    super(429, 'accounts/too-many-guesses', {
      values: { minutes: Math.ceil(seconds / 60) },
      headers: { 'retry-after': String(seconds) },
    })
  }
}

/** More passwords are waiting to be checked than this machine can check soon. */
export class Busy extends Refusal {
  constructor() {
    super(429, 'accounts/busy', { headers: { 'retry-after': '5' } })
  }
}

export class SignUpClosed extends Refusal {
  constructor() {
    super(403, 'accounts/sign-up-closed')
  }
}

export class InvitationNeeded extends Refusal {
  constructor() {
    super(403, 'accounts/invitation-needed')
  }
}

export class InvitationVoid extends Refusal {
  constructor() {
    super(403, 'accounts/invitation-void')
  }
}

export class WrongPassword extends FieldsRefused {
  constructor() {
    super({ current: 'accounts/wrong-password' })
  }
}

export class BadToken extends Refusal {
  constructor() {
    super(401, 'accounts/bad-token', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
  }
}

export class PersonNotFound extends Refusal {
  constructor(handle: string) {
    super(404, 'accounts/person-not-found', { values: { handle: handle.slice(0, 100) } })
  }
}

export class TokenNotFound extends Refusal {
  constructor() {
    super(404, 'accounts/token-not-found')
  }
}

export class InvitationNotFound extends Refusal {
  constructor() {
    super(404, 'accounts/invitation-not-found')
  }
}

export class LastAdministrator extends Refusal {
  constructor() {
    super(409, 'accounts/last-administrator')
  }
}

/** The rules in `shared/accounts/may.ts` do not let the asker do this to that person. */
export class NotYours extends Refusal {
  constructor() {
    super(403, 'accounts/not-yours')
  }
}

export class SetupDone extends Refusal {
  constructor() {
    super(410, 'accounts/setup-done')
  }
}

export class SetupKeyWrong extends Refusal {
  constructor() {
    super(404, 'accounts/setup-key-wrong')
  }
}

/** This concerns one's own account, so somebody must be signed in; pending and suspended people may. */
export class SignInNeeded extends Refusal {
  constructor() {
    super(401, 'accounts/sign-in-needed')
  }
}
