import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, byActor, Limit, limitPolicies, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UploadedDocument } from './contract.js';
import { disposition } from './document.rules.js';
import { Documents } from './documents.service.js';

const OneDownload = z.strictObject({ id: z.uuid() });
const Signed = z.strictObject({
  expires: z.coerce.number().int().nonnegative(),
  signature: z.string().max(100),
  lang: z.string().optional(),
});

@Controller('api/v1/files')
export class DocumentsController {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  @Post('documents')
  @HttpCode(201)
  @Allow('seller', 'admin')
  @Limit([limitPolicies.upload, byActor])
  @Answers(UploadedDocument, 201)
  @Summary('Uploads what is sold to be downloaded (multipart; PDF, EPUB, ZIP, MP3, MP4, PNG or JPEG, 100 MB at most)')
  upload(@Actor() ctx: Ctx, @Req() request: FastifyRequest): Promise<UploadedDocument> {
    return this.documents.upload(ctx, request);
  }

  @Get('downloads/:id')
  @Allow('public')
  @Answers()
  @Summary('Fetches what was bought, by a signed address that expires; 410 when it may not be fetched any more')
  async download(
    @Actor() ctx: Ctx,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param({ schema: OneDownload }) { id }: z.output<typeof OneDownload>,
    @Query({ schema: Signed }) { expires, signature }: z.output<typeof Signed>,
  ): Promise<void> {
    // What asks for the headers alone fetches nothing.
    const counts = request.method !== 'HEAD';
    const { handle, bytes, name, contentType } = await this.documents.open(ctx, { id, expires, signature }, counts);
    void reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', disposition(name))
      .header('content-length', bytes)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .type(contentType);
    if (counts) await reply.send(handle.createReadStream());
    else await handle.close().then(() => reply.send());
  }
}
