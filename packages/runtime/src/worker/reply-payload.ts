import type { CompleteReply } from './pending-requests.ts';

/** An answer in the form that the guest has asked for. */
export function replyPayload({ form, body }: CompleteReply, value: unknown): string {
  switch (form) {
    case 'none':
      return '';
    case 'json':
      return JSON.stringify(value ?? null);
    case 'bytes':
    case 'pieces':
      return toBase64(body);
    case 'text':
      return bufferOf(body).toString('utf8');
    case 'head':
      return `${JSON.stringify(value ?? null)}\n${toBase64(body)}`;
  }
}

export function toBase64(bytes: Uint8Array): string {
  return bufferOf(bytes).toString('base64');
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
