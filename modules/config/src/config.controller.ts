import { Body, Controller, Get, Inject, Param, Patch } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { ConfigService } from './config.service.js';
import { Setting, SettingBody, SettingKey, SettingVersion } from './contract.js';

const ByKey = z.strictObject({ key: SettingKey });

@Controller('api/v1/admin/settings')
export class ConfigController {
  constructor(@Inject(ConfigService) private readonly config: ConfigService) {}

  @Get()
  @Allow('admin')
  @Answers(z.array(Setting))
  @Summary('Every setting with its present value')
  settings(@Actor() ctx: Ctx) {
    return this.config.settings(ctx);
  }

  @Patch()
  @Allow('admin')
  @Answers(Setting)
  @Summary('Gives a setting another value')
  change(@Actor() ctx: Ctx, @Body({ schema: SettingBody }) body: z.output<typeof SettingBody>) {
    return this.config.change(ctx, body);
  }

  @Get(':key/history')
  @Allow('admin')
  @Answers(z.array(SettingVersion))
  @Summary('The latest values of a setting, the newest first')
  history(@Actor() ctx: Ctx, @Param({ schema: ByKey }) { key }: z.output<typeof ByKey>) {
    return this.config.history(ctx, key);
  }
}
