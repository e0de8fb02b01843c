export { CoverLine, Coverage, CoverageShare, Package, Peril, RequestedCover, type Catalogue } from './model.ts';
