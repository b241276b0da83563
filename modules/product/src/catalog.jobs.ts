import { Inject, Injectable } from '@nestjs/common';
import { Works, type Ctx } from '@um/kernel';
import type { z } from 'zod';
import { BrandsService } from './brands.service.js';
import { CategoriesService } from './categories.service.js';
import { adoptBrands, hideFollowers, mergeProducts, retell } from './retell.job.js';
import { RetellService } from './retell.service.js';

/** Background work on the shape of the catalog. */
@Injectable()
export class CatalogJobs {
  constructor(
    @Inject(RetellService) private readonly retelling: RetellService,
    @Inject(CategoriesService) private readonly tree: CategoriesService,
    @Inject(BrandsService) private readonly brands: BrandsService,
  ) {}

  @Works(retell)
  async retell(ctx: Ctx, task: z.output<typeof retell.payload>): Promise<void> {
    await this.retelling.turn(ctx, task);
  }

  @Works(mergeProducts)
  async mergeProducts(ctx: Ctx, task: z.output<typeof mergeProducts.payload>): Promise<void> {
    await this.retelling.merge(ctx, task);
  }

  /** Policies that were saved while the tree changed learn of it, too. */
  @Works(hideFollowers)
  async hideFollowers(ctx: Ctx, { followers }: z.output<typeof hideFollowers.payload>): Promise<void> {
    await this.tree.hide(ctx, followers);
  }

  @Works(adoptBrands)
  async adoptBrands(ctx: Ctx): Promise<void> {
    await this.brands.adopt(ctx);
  }
}
