/** What holds for everybody who signs in with a password. Five failures from one address lock the account there for a quarter of an hour (GB/T 22239-2019 8.1.4.1 b). */
export const signInRules = { minPasswordLength: 10, maxFailures: 5, lockMinutes: 15, sessionHours: 12 } as const;
