import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import { WorkerConfig } from './config.ts';
import { startWorker } from './worker.ts';

const config = loadConfigOrExit(WorkerConfig, process.env);
// Whoever can read the environment of a worker finds no key there.
Reflect.deleteProperty(process.env, 'SERVICE_KEY');
process.umask(0o027); // media are read by nginx's workers through their group, and by no other user
const logger = createLogger({ service: 'worker', level: config.LOG_LEVEL, secrets: [config.SERVICE_KEY] });

await runService({ logger, start: () => startWorker(config, logger) });
