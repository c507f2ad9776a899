import { until } from '@linkcast/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Starts a real nginx that answers challenges from a webroot, and everything else with 404. Its files are in `directory`. */
export async function startWebroot(
  directory: string,
  webroot: string,
  port: number,
): Promise<{ stop(): Promise<void> }> {
  await mkdir(directory);
  const conf = path.join(directory, 'nginx.conf');
  await writeFile(conf, nginxConf(directory, webroot, port));
  const nginx = spawn('nginx', ['-p', directory, '-c', conf, '-e', path.join(directory, 'error.log')], {
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    stdio: 'ignore',
  });
  const exited = once(nginx, 'exit');
  await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 404, 20);
  return {
    stop: async () => {
      nginx.kill('SIGTERM');
      await exited;
    },
  };
}

function nginxConf(directory: string, webroot: string, port: number): string {
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    pid ${directory}/nginx.pid;
    worker_processes 1;
    events {}
    http {
      access_log off;
      ${TEMPORARY.map((name) => `${name}_temp_path ${directory}/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${port};
        location ^~ /.well-known/acme-challenge/ { root ${webroot}; }
        location / { return 404; }
      }
    }`;
}
