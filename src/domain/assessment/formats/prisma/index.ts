export { prisma } from './prisma.ts';
