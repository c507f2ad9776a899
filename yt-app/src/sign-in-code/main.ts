/**
 * Prints, at the console, the path of a sign-in page that signs an owner in once, within a day. API_TOKEN is the owner's
 * own key, of which yt-app has the digest only.
 */
import { ApiUnavailable, createApiClient, isProblem } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { loadConfigOrExit } from '@linkcast/kit';
import { SignInCodeConfig } from './config.ts';

const LIFETIME_SECONDS = 86_400;

const { API_TOKEN: token, PORT: port, LANGUAGE: language } = loadConfigOrExit(SignInCodeConfig, process.env);
const client = createApiClient({ baseUrl: `http://127.0.0.1:${port}`, token });
try {
  const { path } = await client.createSignInCode({ lifetimeSeconds: LIFETIME_SECONDS });
  process.stdout.write(`${path}\n`);
} catch (error) {
  if (!(error instanceof ApiUnavailable) && !isProblem(error)) throw error;
  const { refused, ytAppAway } = textsOf(language).api.signInCode;
  process.stderr.write(`${isProblem(error) ? refused : ytAppAway}\n`);
  process.exitCode = 1;
}
