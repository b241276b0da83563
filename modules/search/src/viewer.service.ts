import { Injectable } from '@nestjs/common';
import { adultViewer, family, guestViewer, type Viewer } from '@um/family';
import { Uses, type Client, type Ctx } from '@um/kernel';

/** Who looks: what a list may show depends on it alone. */
@Injectable()
export class ViewerService {
  constructor(@Uses(family) private readonly families: Client<typeof family>) {}

  /** A child with what its family lets it see, a grown-up, or a guest. */
  async of(ctx: Ctx): Promise<Viewer> {
    if (ctx.child) return this.families.viewerOf(ctx, { childId: ctx.child.id });
    return ctx.actor === null ? guestViewer : adultViewer;
  }
}
