import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { AddressesService } from './addresses.service.js';
import { user } from './contract.js';
import { UserController } from './user.controller.js';
import { UserListeners } from './user.listeners.js';
import { UserService } from './user.service.js';

@Module({
  controllers: [UserController],
  providers: [
    UserService,
    AddressesService,
    serves(user, AddressesService),
    UserListeners,
    listens('user', UserListeners),
  ],
})
export class UserModule {}
