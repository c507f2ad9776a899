import { bearerKey } from '@linkcast/kit';
import { z } from 'zod';
import { YtAppConfig } from '../config.ts';

/** What a request to one's own API needs. */
export const SignInCodeConfig = z.object({ API_TOKEN: bearerKey(), PORT: YtAppConfig.shape.PORT });
