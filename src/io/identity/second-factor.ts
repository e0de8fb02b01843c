import type { Auth } from './auth.ts';
import { unlessRefused } from './sign-in.ts';

/** A second factor that was begun: the address for an authenticator app, and codes for the day the phone is lost. Both are shown once. */
export interface Enrolment {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

const withCookie = (cookie: string) => ({ headers: new Headers({ cookie }), returnHeaders: true }) as const;

/** Begins the enrolment; it counts only after `confirmSecondFactor`. null when the password is wrong. */
export async function enrolSecondFactor(auth: Auth, { cookie, password }: { cookie: string; password: string }): Promise<Enrolment | null> {
  const answer = await unlessRefused(() => auth.api.enableTwoFactor({ body: { password, method: 'totp' }, ...withCookie(cookie) }));
  if (answer === null || !('totpURI' in answer.response)) return null;
  return { uri: answer.response.totpURI, recoveryCodes: answer.response.backupCodes };
}

/** Proves that the app shows the right codes. Answers the cookies to set; null when the code is wrong. */
export async function confirmSecondFactor(auth: Auth, { cookie, code }: { cookie: string; code: string }): Promise<readonly string[] | null> {
  const answer = await unlessRefused(() => auth.api.verifyTOTP({ body: { code }, ...withCookie(cookie) }));
  return answer === null ? null : answer.headers.getSetCookie();
}

/** Takes the second factor away. null when the password is wrong. */
export async function dropSecondFactor(auth: Auth, { cookie, password }: { cookie: string; password: string }): Promise<readonly string[] | null> {
  const answer = await unlessRefused(() => auth.api.disableTwoFactor({ body: { password }, ...withCookie(cookie) }));
  return answer === null ? null : answer.headers.getSetCookie();
}
