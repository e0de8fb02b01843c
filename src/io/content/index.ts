export { loadContent, type ContentPlace, type LoadedContent } from './load.ts';
