import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { ConfigController } from './config.controller.js';
import { ConfigListeners } from './config.listeners.js';
import { ConfigService } from './config.service.js';
import { config } from './contract.js';

@Module({
  controllers: [ConfigController],
  providers: [ConfigService, serves(config, ConfigService), ConfigListeners, listens('config', ConfigListeners)],
})
export class ConfigModule {}
