import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, httpErrors, Summary, type Ctx } from '@um/kernel';
import '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fileErrors, FileId, FileInfo, VariantName } from './contract.js';
import { FileService } from './file.service.js';

const VariantPath = z.strictObject({ id: FileId, variant: VariantName });

@Controller('api/v1/files')
export class FileController {
  constructor(private readonly files: FileService) {}

  @Get(':id/:variant')
  @Allow('public')
  @Answers()
  @Summary('A picture in one of its sizes; the address never changes its content')
  async variant(@Param({ schema: VariantPath }) { id, variant }: z.infer<typeof VariantPath>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const etag = `"${id}-${variant}"`;
    void reply.header('etag', etag).header('cache-control', 'public, max-age=31536000, immutable').header('cross-origin-resource-policy', 'same-origin');
    const { bytes, contentType } = await this.files.bytes(id, variant);
    if (request.headers['if-none-match'] === etag) return void reply.status(304).send();
    return void reply.type(contentType).send(bytes);
  }

  @Post()
  @Allow('seller', 'admin')
  @Answers(FileInfo, 201)
  @Summary('Uploads a picture (multipart field `file`, at most 10 MiB)')
  async upload(@Actor() ctx: Ctx, @Req() request: FastifyRequest): Promise<FileInfo> {
    if (!request.isMultipart()) throw httpErrors.BAD_REQUEST();
    const part = await request.file();
    if (!part) throw fileErrors.NOT_AN_IMAGE();
    const bytes = await part.toBuffer();
    return this.files.upload(ctx, bytes);
  }
}
