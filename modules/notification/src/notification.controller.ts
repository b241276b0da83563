import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { NotificationFilter, NotificationPage, ReadBody } from './contract.js';
import { NotificationService } from './notification.service.js';

@Controller('api/v1/notifications')
export class NotificationController {
  constructor(@Inject(NotificationService) private readonly notices: NotificationService) {}

  @Get()
  @Allow('parent', 'child', 'seller', 'moderator', 'admin')
  @Answers(NotificationPage)
  @Summary('What the person was told, newest first')
  list(
    @Actor() ctx: Ctx,
    @Query({ schema: NotificationFilter }) filter: z.infer<typeof NotificationFilter>,
  ): Promise<z.infer<typeof NotificationPage>> {
    return this.notices.list(ctx, filter);
  }

  @Post('read')
  @Allow('parent', 'child', 'seller', 'moderator', 'admin')
  @HttpCode(204)
  @Answers(undefined, 204)
  @Summary('Marks the given notices, or all, as read')
  read(@Actor() ctx: Ctx, @Body({ schema: ReadBody }) body: z.infer<typeof ReadBody>): Promise<void> {
    return this.notices.read(ctx, body.ids);
  }
}
