import { bearerKey } from '@linkcast/kit';
import { z } from 'zod';
import { YtAppConfig } from '../config.ts';

/** The settings for a request to the local API. */
export const SignInCodeConfig = z.object({
  API_TOKEN: bearerKey(),
  PORT: YtAppConfig.shape.PORT,
  LANGUAGE: YtAppConfig.shape.LANGUAGE,
});
