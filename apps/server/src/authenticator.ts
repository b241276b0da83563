import { auth } from '@um/auth';
import { Authenticator, type Client, type Ctx, type Identity } from '@um/kernel';

/** Asks the auth context who a token speaks for. When auth is down the request fails with its 503: nobody is let through unknown. */
export class SessionAuthenticator extends Authenticator {
  constructor(private readonly accounts: Client<typeof auth>) {
    super();
  }

  override identify(ctx: Ctx, token: string): Promise<Identity | null> {
    return this.accounts.identify(ctx, { token });
  }
}
