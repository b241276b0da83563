export { ImportRow } from '@um/product';
export {
  demoAttributes,
  demoBrands,
  demoCategories,
  demoCategoryAttributes,
  demoStores,
  demoWarnings,
  linesOf,
  type DemoAttribute,
  type DemoBrand,
  type DemoCategory,
  type DemoStore,
} from './catalog.js';
export { legoRow, legoRows, LegoSet, SOM_PER_USD } from './lego.js';
