import { Inject, Injectable } from '@nestjs/common';
import { On } from '@um/kernel';
import { ConfigService } from './config.service.js';
import { settingChanged } from './contract.js';

/** Keeps what several processes know of the settings in step. */
@Injectable()
export class ConfigListeners {
  constructor(@Inject(ConfigService) private readonly config: ConfigService) {}

  @On(settingChanged, { everyProcess: true })
  async forgetSettings(): Promise<void> {
    this.config.forget();
  }
}
