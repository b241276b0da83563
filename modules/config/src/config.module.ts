import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { CacheController } from './cache.controller.js';
import { CacheService } from './cache.service.js';
import { ConfigController } from './config.controller.js';
import { ConfigListeners } from './config.listeners.js';
import { ConfigService } from './config.service.js';
import { config } from './contract.js';

@Module({
  controllers: [ConfigController, CacheController],
  providers: [
    ConfigService,
    CacheService,
    serves(config, ConfigService),
    ConfigListeners,
    listens('config', ConfigListeners),
  ],
})
export class ConfigModule {}
