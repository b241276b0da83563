import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FileInfo, VariantName } from './contract.js';
import { FileService } from './file.service.js';
import { fileOf } from './multipart.js';

const OneVariant = z.strictObject({ id: z.uuid(), variant: VariantName });
/** The bytes behind an address never change. */
const FOR_EVER = 'public, max-age=31536000, immutable';

@Controller('api/v1/files')
export class FileController {
  constructor(@Inject(FileService) private readonly files: FileService) {}

  @Get(':id/:variant')
  @Allow('public')
  @Answers()
  @Summary('A picture in one of its sizes')
  async bytes(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param({ schema: OneVariant }) { id, variant }: z.output<typeof OneVariant>,
  ): Promise<void> {
    const { body, contentType, etag } = await this.files.bytes(id, variant);
    void reply.header('etag', etag).header('cache-control', FOR_EVER);
    if (request.headers['if-none-match'] === etag) await reply.status(304).send();
    else await reply.type(contentType).send(body);
  }

  @Post()
  @HttpCode(201)
  @Allow('seller', 'admin')
  @Answers(FileInfo, 201)
  @Summary('Uploads a picture (multipart, JPEG, PNG, WebP or AVIF, 10 MB at most)')
  async upload(@Actor() ctx: Ctx, @Req() request: FastifyRequest): Promise<FileInfo> {
    return this.files.upload(ctx, await fileOf(request));
  }
}
