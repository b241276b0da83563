import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { CategoriesService } from './categories.service.js';
import { product } from './contract.js';
import { Importer } from './importer.js';
import { ProductController } from './product.controller.js';
import { ProductListeners } from './product.listeners.js';
import { ProductService } from './product.service.js';
import { ShopsService } from './shops.service.js';

@Module({
  controllers: [ProductController],
  providers: [
    ProductService,
    CategoriesService,
    ShopsService,
    Importer,
    serves(product, ProductService),
    ProductListeners,
    listens('product', ProductListeners),
  ],
})
export class ProductModule {}
