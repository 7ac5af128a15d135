import { becomeWorker } from './become-worker.ts';

/**
 * Entry of the launcher process: builds the jail around itself, then becomes the worker. Everything it needs comes in
 * one JSON argument from the host; no untrusted byte is read here.
 */
becomeWorker(process.argv[2] ?? '');
