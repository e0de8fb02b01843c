export { databaseCanReach } from './account.ts';
export { startPostgres, type PostgresServer, type ServerOptions } from './server.ts';
