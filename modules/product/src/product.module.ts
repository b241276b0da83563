import { Module } from '@nestjs/common';
import { listens, serves, works } from '@um/kernel';
import { AddressController } from './address.controller.js';
import { AddressesService } from './addresses.service.js';
import { AttributeController } from './attribute.controller.js';
import { AttributesService } from './attributes.service.js';
import { Bundles } from './bundles.service.js';
import { BrandController } from './brand.controller.js';
import { BrandsService } from './brands.service.js';
import { CategoryAdminService } from './category-admin.service.js';
import { CategoryController } from './category.controller.js';
import { CatalogJobs } from './catalog.jobs.js';
import { CategoriesService } from './categories.service.js';
import { ChangesController } from './changes.controller.js';
import { ChangesService } from './changes.service.js';
import { product } from './contract.js';
import { DigitalController } from './digital.controller.js';
import { DigitalGoods } from './digital.service.js';
import { DraftsService } from './drafts.service.js';
import { EditingController } from './editing.controller.js';
import { EditingService } from './editing.service.js';
import { ExchangeController } from './exchange.controller.js';
import { ExportsService } from './exports.service.js';
import { ImportBodies } from './import-body.js';
import { GroupsController } from './groups.controller.js';
import { GroupsService } from './groups.service.js';
import { Importer } from './importer.js';
import { ImportsService } from './imports.service.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationService } from './moderation.service.js';
import { OffersController } from './offers.controller.js';
import { OffersService } from './offers.service.js';
import { OwnStores } from './own-stores.js';
import { PicturesService } from './pictures.service.js';
import { ProductPages } from './pages.service.js';
import { PriceTurns } from './price-turns.service.js';
import { ProductController } from './product.controller.js';
import { ProductJobs } from './product.jobs.js';
import { ProductListeners } from './product.listeners.js';
import { ProductService } from './product.service.js';
import { SalesController } from './sales.controller.js';
import { SalesService } from './sales.service.js';
import { RetellService } from './retell.service.js';
import { SellerController } from './seller.controller.js';
import { SellerService } from './seller.service.js';
import { ShopsService } from './shops.service.js';

@Module({
  controllers: [
    ProductController,
    AttributeController,
    BrandController,
    CategoryController,
    AddressController,
    SellerController,
    ExchangeController,
    EditingController,
    SalesController,
    GroupsController,
    OffersController,
    ChangesController,
    DigitalController,
    ModerationController,
  ],
  providers: [
    ProductService,
    ProductPages,
    CategoriesService,
    AttributesService,
    BrandsService,
    CategoryAdminService,
    AddressesService,
    RetellService,
    CatalogJobs,
    works('product', CatalogJobs),
    ShopsService,
    Importer,
    OwnStores,
    ImportsService,
    ExportsService,
    EditingService,
    DraftsService,
    PicturesService,
    SellerService,
    ModerationService,
    ImportBodies,
    PriceTurns,
    SalesService,
    GroupsService,
    OffersService,
    ChangesService,
    DigitalGoods,
    Bundles,
    serves(product, ProductService),
    ProductListeners,
    listens('product', ProductListeners),
    ProductJobs,
    works('product', ProductJobs),
  ],
})
export class ProductModule {}
