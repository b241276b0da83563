import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, Callback, HTTP_SECRET, httpErrors, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Callbacks } from '../callbacks.service.js';
import { paymentErrors } from '../contract.js';
import { payPage } from './bank.page.js';
import { SandboxBank } from './bank.service.js';
import { FORM_MS, formSignature, isCallback, isForm, isPayLink } from './signing.rules.js';

const ById = z.strictObject({ id: z.uuid() });
const PayQuery = z.strictObject({ sig: z.string().max(100), lang: z.string().optional() });
const PayForm = z.strictObject({
  decision: z.enum(['paid', 'declined']),
  until: z.coerce.number().int(),
  signature: z.string().max(100),
});
const Notice = z.strictObject({
  bankRef: z.uuid(),
  transactionId: z.uuid(),
  decision: z.enum(['paid', 'declined']),
  amountTiyin: z.int(),
});
const Acknowledged = z.object({ outcome: z.string() });

/** The sandbox provider: the bank's pages, and the callback it makes to the shop. Closed where the sandbox is not enabled. */
@Controller('api/v1/payments/sandbox')
export class SandboxController {
  constructor(
    @Inject(SandboxBank) private readonly bank: SandboxBank,
    @Inject(Callbacks) private readonly callbacks: Callbacks,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  @Get('pay/:id')
  @Allow('public')
  @Summary('The test bank’s pay page (HTML)')
  async page(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: PayQuery }) { sig }: z.output<typeof PayQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.#requireOpen();
    if (!isPayLink(this.secret, id, sig)) throw paymentErrors.BAD_SIGNATURE();
    const bill = await this.bank.bill(id);
    const until = ctx.now.getTime() + FORM_MS;
    const undecided = bill.decision === null && bill.state === 'open';
    const form = undecided ? { until, signature: formSignature(this.secret, id, until) } : null;
    void reply.type('text/html; charset=utf-8');
    return payPage({
      transactionId: id,
      amountTiyin: bill.amount,
      description: bill.description,
      backTo: bill.return_path,
      locale: ctx.locale,
      form,
      address: `?sig=${encodeURIComponent(sig)}`,
    });
  }

  @Post('pay/:id')
  @Callback()
  @HttpCode(303)
  @Allow('public')
  @Summary('The buyer’s decision on the pay page; sends them back to the shop')
  async decide(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: PayForm }) form: z.output<typeof PayForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.#requireOpen();
    if (!isForm(this.secret, { transactionId: id, until: form.until, signature: form.signature }, ctx.now))
      throw paymentErrors.BAD_SIGNATURE();
    void reply.header('location', await this.bank.decide(ctx, id, form.decision));
  }

  @Post('callback')
  @Callback()
  @HttpCode(200)
  @Allow('public')
  @Answers(Acknowledged)
  @Summary('The bank tells what came of a payment; signed over the raw body')
  async callback(@Actor() ctx: Ctx, @Req() request: FastifyRequest): Promise<z.infer<typeof Acknowledged>> {
    this.#requireOpen();
    const body = request.rawBody ?? Buffer.alloc(0);
    const timestamp = request.headers['x-sandbox-timestamp']?.toString() ?? '';
    const signature = request.headers['x-sandbox-signature']?.toString() ?? '';
    if (!isCallback(this.secret, { timestamp, signature, body }, ctx.now)) throw paymentErrors.BAD_SIGNATURE();
    const notice = Notice.parse(JSON.parse(body.toString('utf8'))); // signed by the bank: a malformed one is a bug
    const { bankRef, transactionId, decision, amountTiyin } = notice;
    const outcome = await this.callbacks.hear(ctx, {
      provider: 'sandbox',
      externalId: bankRef,
      transactionId,
      kind: decision,
      amount: amountTiyin,
    });
    return { outcome };
  }

  #requireOpen(): void {
    if (!this.bank.open) throw httpErrors.NOT_FOUND();
  }
}
