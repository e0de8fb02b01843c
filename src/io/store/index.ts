export { databaseCanReach, startPostgres, type PostgresServer } from './postgres/index.ts';
export { asOwner, openDatabase, type DatabaseOptions, type DatabasePlace, type OpenDatabase } from './database.ts';
export { readMigrations } from './migrate.ts';
export { newId } from './identifiers.ts';
export { transactOver } from './transact.ts';
export { asRefusal } from './outage.ts';
