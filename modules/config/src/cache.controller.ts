import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import type { z } from 'zod';
import { CacheService } from './cache.service.js';
import { CacheKeys, CacheKeysFilter, CachePurge, CachePurged, CacheState } from './contract.js';

@Controller('api/v1/admin/cache')
export class CacheController {
  constructor(@Inject(CacheService) private readonly cache: CacheService) {}

  @Get()
  @Allow('admin')
  @Answers(CacheState)
  @Summary('What the cache of every process did and holds')
  state() {
    return this.cache.state();
  }

  @Get('keys')
  @Allow('admin')
  @Answers(CacheKeys)
  @Summary('What is kept under a tag')
  keys(@Query({ schema: CacheKeysFilter }) { tag }: z.output<typeof CacheKeysFilter>) {
    return this.cache.keys(tag);
  }

  @Post('purge')
  @HttpCode(200)
  @Allow('admin')
  @Answers(CachePurged)
  @Summary('Throws away what is kept under tags, under keys, or everything')
  purge(@Actor() ctx: Ctx, @Body({ schema: CachePurge }) body: z.output<typeof CachePurge>) {
    return this.cache.purge(ctx, body);
  }
}
