#!/usr/bin/env node
/**
 * Prints the path of the next file. ezstream runs this program before each track. It requests the path from the feeder's
 * socket; without an answer within the limit it prints the silent file, which keeps the mount alive.
 */
import { createConnection } from 'node:net';

const LIMIT_MS = 3000;
const { FEEDER_SOCKET = '', SILENCE_FILE = '' } = process.env;

function answer(file: string): void {
  process.stdout.write(`${file}\n`, () => process.exit(0));
}

let received = '';
const socket = createConnection(FEEDER_SOCKET);
socket.setEncoding('utf8');
socket.on('data', (text: string) => (received += text));
socket.on('error', () => answer(SILENCE_FILE));
socket.on('end', () => answer(received.trim() || SILENCE_FILE));
setTimeout(() => answer(SILENCE_FILE), LIMIT_MS);
