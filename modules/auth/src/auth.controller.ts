import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, csrfOf, HTTP_SECRET, httpErrors, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChildSignIn, DeviceChild, SessionInfo, SignedIn, SignIn, SignUp, StepUpBody } from './contract.js';
import { clearSessionCookies, placeOf, setSessionCookies } from './cookies.js';
import { Sessions, type Opened } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/auth')
export class AuthController {
  constructor(
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  @Post('sign-up')
  @Allow('public')
  @Answers(SignedIn, 201)
  @Summary('Opens an account for an adult and signs it in')
  async signUp(
    @Actor() ctx: Ctx,
    @Body({ schema: SignUp }) body: z.output<typeof SignUp>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#welcome(request, reply, await this.door.signUp(ctx, body, placeOf(request, this.secret)));
  }

  @Post('sign-in')
  @HttpCode(200)
  @Allow('public')
  @Answers(SignedIn)
  @Summary('Signs an adult in with e-mail and password')
  async signIn(
    @Actor() ctx: Ctx,
    @Body({ schema: SignIn }) body: z.output<typeof SignIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#welcome(request, reply, await this.door.signIn(ctx, body, placeOf(request, this.secret)));
  }

  @Get('child/profiles')
  @Allow('public')
  @Answers(z.array(DeviceChild))
  @Summary('Children who may sign in on this device')
  childrenHere(@Req() request: FastifyRequest) {
    return this.door.childrenHere(placeOf(request, this.secret));
  }

  @Post('child/sign-in')
  @HttpCode(200)
  @Allow('public')
  @Answers(SignedIn)
  @Summary('Signs a child in on a device of its family; whoever was signed in there is signed out')
  async childSignIn(
    @Actor() ctx: Ctx,
    @Body({ schema: ChildSignIn }) body: z.output<typeof ChildSignIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#welcome(request, reply, await this.door.childSignIn(ctx, body, placeOf(request, this.secret)));
  }

  @Post('sign-out')
  @HttpCode(204)
  @Allow('public')
  @Answers(undefined, 204)
  @Summary('Ends this session; without one it only clears the cookies')
  async signOut(
    @Actor() ctx: Ctx,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (ctx.session) await this.sessions.end(ctx, ctx.session);
    clearSessionCookies(request, reply);
  }

  @Post('step-up')
  @HttpCode(204)
  @Allow('parent', 'seller', 'moderator', 'admin')
  @Answers(undefined, 204)
  @Summary('Proves presence again with the password, for five minutes')
  async stepUp(
    @Actor() ctx: Ctx,
    @Body({ schema: StepUpBody }) body: z.output<typeof StepUpBody>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.door.stepUp(ctx, body, placeOf(request, this.secret));
  }

  @Get('sessions')
  @Allow('child', 'parent', 'seller', 'moderator', 'admin')
  @Answers(z.array(SessionInfo))
  @Summary('Where the person is signed in')
  list(@Actor() ctx: Ctx) {
    return this.sessions.list(ctx);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Allow('child', 'parent', 'seller', 'moderator', 'admin')
  @Answers(undefined, 204)
  @Summary('Ends one of the person’s sessions at once')
  async end(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>): Promise<void> {
    if (!(await this.sessions.end(ctx, id))) throw httpErrors.NOT_FOUND();
  }

  @Post('sign-out-everywhere')
  @HttpCode(204)
  @Allow('child', 'parent', 'seller', 'moderator', 'admin')
  @Answers(undefined, 204)
  @Summary('Ends every session of the person at once, this one too')
  async signOutEverywhere(
    @Actor() ctx: Ctx,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endAll(ctx);
    clearSessionCookies(request, reply);
  }

  #welcome(request: FastifyRequest, reply: FastifyReply, opened: Opened): z.input<typeof SignedIn> {
    setSessionCookies(request, reply, this.secret, opened);
    return {
      token: opened.token,
      csrf: csrfOf(this.secret, opened.token),
      account: opened.account,
      expiresAt: opened.expiresAt.toISOString(),
    };
  }
}
