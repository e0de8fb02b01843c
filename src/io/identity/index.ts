export { migrateIdentity, openIdentity, type Identity } from './open.ts';
export { openAuthPool } from './auth.ts';
export { readSecret } from './secret.ts';
export type { Caller } from './actors.ts';
export type { SeedOrganisation, SeedPerson } from './seed.ts';
export type { Enrolment } from './second-factor.ts';
export type { SignIn, SignInRequest } from './sign-in.ts';
