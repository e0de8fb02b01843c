export { nikto } from './nikto.ts';
