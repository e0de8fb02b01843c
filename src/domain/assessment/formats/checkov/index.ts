export { checkov } from './checkov.ts';
