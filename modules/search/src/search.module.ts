import { Module } from '@nestjs/common';
import { listens, serves, works } from '@um/kernel';
import { BrandController } from './brand.controller.js';
import { BrandsService } from './brands.service.js';
import { search } from './contract.js';
import { FindService } from './find.service.js';
import { RebuildService } from './rebuild.service.js';
import { SearchAdminController } from './search-admin.controller.js';
import { SearchController } from './search.controller.js';
import { SearchJobs } from './search.jobs.js';
import { SearchListeners } from './search.listeners.js';
import { SearchService } from './search.service.js';
import { OffersView } from './offers.service.js';
import { SynonymsService } from './synonyms.service.js';
import { ShelvesService } from './shelves.service.js';
import { ViewerService } from './viewer.service.js';

@Module({
  controllers: [SearchController, SearchAdminController, BrandController],
  providers: [
    SearchService,
    ViewerService,
    BrandsService,
    RebuildService,
    FindService,
    SynonymsService,
    ShelvesService,
    OffersView,
    serves(search, SearchService),
    SearchListeners,
    listens('search', SearchListeners),
    SearchJobs,
    works('search', SearchJobs),
  ],
})
export class SearchModule {}
