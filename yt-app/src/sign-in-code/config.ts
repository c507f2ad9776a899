import { YtAppConfig } from '../config.ts';

/** What asking one's own API needs. */
export const SignInCodeConfig = YtAppConfig.pick({ API_TOKEN: true, PORT: true });
