import { Module } from '@nestjs/common';
import { listens, serves, works } from '@um/kernel';
import { AccountsAdminController } from './accounts-admin.controller.js';
import { AccountsAdminService } from './accounts-admin.service.js';
import { Attempts } from './attempts.service.js';
import { AuthController } from './auth.controller.js';
import { AuthJobs } from './auth.jobs.js';
import { AuthListeners } from './auth.listeners.js';
import { AuthService } from './auth.service.js';
import { auth } from './contract.js';
import { SessionCache } from './session.cache.js';
import { Sessions } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  controllers: [AuthController, AccountsAdminController],
  providers: [
    SessionCache,
    Sessions,
    Attempts,
    SignInService,
    AuthService,
    AccountsAdminService,
    serves(auth, AuthService),
    AuthListeners,
    listens('auth', AuthListeners),
    AuthJobs,
    works('auth', AuthJobs),
  ],
})
export class AuthModule {}
