export { nmap } from './nmap.ts';
