export { CoverLine, Coverage, CoverageShare, Package, Peril, RequestedCover, type Catalogue } from './model.ts';
export { buildCatalogue } from './build.ts';
