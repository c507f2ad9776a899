import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import { WorkerConfig } from './config.ts';
import { startWorker } from './worker.ts';

const config = loadConfigOrExit(WorkerConfig, process.env);
// A process that can read the environment of the worker finds no key there.
Reflect.deleteProperty(process.env, 'SERVICE_KEY');
process.umask(0o027); // the group of nginx's workers reads the media, and no other user
const logger = createLogger({ service: 'worker', level: config.LOG_LEVEL, secrets: [config.SERVICE_KEY] });

await runService({ logger, start: () => startWorker(config, logger) });
