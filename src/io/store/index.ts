export { databaseCanReach, startPostgres, type PostgresServer } from './postgres/index.ts';
export { asOwner, openDatabase, type DatabaseOptions, type DatabasePlace, type OpenDatabase } from './database.ts';
export { migrate, readMigrations, type Migration } from './migrate.ts';
export { newId } from './identifiers.ts';
export { openPool } from './connections.ts';
export { transactOver } from './transact.ts';
export { urlAs, type ServingRole } from './roles.ts';
