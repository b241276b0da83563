import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, HTTP_SECRET, signGuest, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CartService } from './cart.service.js';
import { AddItem, CartOpened, CartView, PatchItem } from './contract.js';
import { forgetGuest, withGuest } from './guest-token.js';

const ById = z.strictObject({ id: z.uuid() });
type ById = z.output<typeof ById>;
const everyone = ['guest', 'child', 'parent', 'seller', 'moderator', 'admin'] as const;

@Controller('api/v1/carts')
export class CartController {
  constructor(
    @Inject(CartService) private readonly carts: CartService,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  @Post()
  @Allow(...everyone)
  @Answers(CartOpened, 201)
  @Summary('Opens a cart; a guest gets the token that stands for it')
  async open(
    @Actor() ctx: Ctx,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartOpened> {
    const known = await this.#settled(withGuest(ctx, this.secret, request, reply), reply);
    return {
      token: known.actor === null ? signGuest(this.secret, known.guest!) : null,
      cart: await this.carts.open(known),
    };
  }

  @Get('current')
  @Allow(...everyone)
  @Answers(CartView)
  @Summary('The cart at today’s prices')
  async view(@Actor() ctx: Ctx, @Res({ passthrough: true }) reply: FastifyReply): Promise<CartView> {
    return this.carts.view(await this.#settled(ctx, reply));
  }

  @Post('current/items')
  @HttpCode(200)
  @Allow(...everyone)
  @Answers(CartView)
  @Summary('Puts units of a variant into the cart')
  async addItem(
    @Actor() ctx: Ctx,
    @Body({ schema: AddItem }) item: z.output<typeof AddItem>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartView> {
    return this.carts.addItem(await this.#settled(withGuest(ctx, this.secret, request, reply), reply), item);
  }

  @Patch('current/items/:id')
  @Allow(...everyone)
  @Answers(CartView)
  @Summary('Sets the quantity of a line')
  async setQty(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: ById,
    @Body({ schema: PatchItem }) { qty }: z.output<typeof PatchItem>,
  ): Promise<CartView> {
    return this.carts.setQty(ctx, id, qty);
  }

  @Delete('current/items/:id')
  @Allow(...everyone)
  @Answers(CartView)
  @Summary('Takes a line out of the cart')
  async removeItem(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: ById): Promise<CartView> {
    return this.carts.removeItem(ctx, id);
  }

  @Delete('current')
  @Allow(...everyone)
  @Answers(CartView)
  @Summary('Empties the cart')
  async clear(@Actor() ctx: Ctx): Promise<CartView> {
    return this.carts.clear(ctx);
  }

  /** An adult who signed in with a guest's cart takes it over. A child never does: on a shared device it may be anybody's. */
  async #settled(ctx: Ctx, reply: FastifyReply): Promise<Ctx> {
    if (ctx.actor === null || ctx.child || ctx.guest === undefined) return ctx;
    await this.carts.merge(ctx, { guest: ctx.guest, accountId: ctx.actor });
    forgetGuest(reply);
    return ctx;
  }
}
