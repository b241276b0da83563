import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { notification } from './contract.js';
import { NotificationController } from './notification.controller.js';
import { NotificationListeners } from './notification.listeners.js';
import { NotificationService } from './notification.service.js';

@Module({
  controllers: [NotificationController],
  providers: [
    NotificationService,
    serves(notification, NotificationService),
    NotificationListeners,
    listens('notification', NotificationListeners),
  ],
})
export class NotificationModule {}
