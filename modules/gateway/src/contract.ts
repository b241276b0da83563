import { contract } from '@um/kernel/contract';

/** The edge answers nobody: it knows everyone. */
export const gateway = contract('gateway', {});
