import { Module } from '@nestjs/common';
import { listensLive } from '@um/kernel';
import { LiveListeners, LiveSockets } from './live.js';

@Module({ providers: [LiveSockets, LiveListeners, listensLive('gateway', LiveListeners)], exports: [LiveSockets] })
export class GatewayModule {}
