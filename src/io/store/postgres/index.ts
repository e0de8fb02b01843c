export { databaseCanReach } from './account.ts';
export { attend, type Attendance } from './attend.ts';
export { startPostgres, type PostgresServer, type ServerOptions } from './server.ts';
